import { createSecureContext } from 'node:tls';
import { type ChannelCredentials, Client, credentials as grpcCredentials } from '@grpc/grpc-js';
import type { OfficeId } from '../domain/office.js';
import type { AddressOf } from '../network.js';
import type { Credentials } from '../trust/credentials.js';
import { checkOffice, clientTls, makeSameListener, serverName } from '../trust/tls.js';

const OPTIONS = {
  'grpc.max_receive_message_length': 4 * 1024 * 1024,
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 5_000,
  'grpc.keepalive_permit_without_calls': 0,
  'grpc.client_idle_timeout_ms': 300_000,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2_000,
  'grpc.enable_retries': 0,
  // The dedicated line is never led through somebody's proxy, whatever the environment says.
  'grpc.enable_http_proxy': 0,
  'grpc.service_config_disable_resolution': 1,
  'grpc.enable_channelz': 0,
};

/** Longer than any call's deadline. */
const KEPT_MS = 120_000;

/** A node's connections to other offices: made when first asked for, kept, and dropped when idle. */
export class Peers {
  private readonly clients = new Map<OfficeId, { client: Client; address: string }>();
  /** Connections with the credentials of before, each with what takes its closing back. */
  private readonly retired = new Map<Client, { office: OfficeId; takeBack: () => void }>();
  private readonly addressOf: AddressOf;
  private inUse: Credentials;
  private credentials: ChannelCredentials;

  constructor(credentials: Credentials, addressOf: AddressOf) {
    this.inUse = credentials;
    this.credentials = channelCredentials(credentials);
    this.addressOf = addressOf;
  }

  /**
   * Makes every connection anew for the calls that come, with other credentials. What is under way on the old ones comes
   * to its end: none of our calls waits longer than they are kept.
   */
  renew(next: Credentials, later: (act: () => void, ms: number) => () => void): void {
    const isAsBefore = makeSameListener(this.inUse, next) && !revokesMore(this.inUse, next);
    this.inUse = next;
    if (isAsBefore) return;
    this.credentials = channelCredentials(next);
    for (const [office, { client }] of this.clients) this.retire(office, client, later);
    this.clients.clear();
  }

  client(office: OfficeId): Client {
    const [known, address] = [this.clients.get(office), this.addressOf(office)];
    if (known?.address === address) return known.client;
    // What is under way there comes to its end.
    known?.client.close();
    const client = new Client(address, this.credentials, {
      ...OPTIONS,
      'grpc.ssl_target_name_override': serverName(office),
      'grpc.default_authority': serverName(office),
    });
    this.clients.set(office, { client, address });
    return client;
  }

  /** Ends the connections with some offices, those that were kept for calls under way too. */
  drop(isDropped: (office: OfficeId) => boolean): void {
    for (const [office, { client }] of this.clients) {
      if (!isDropped(office)) continue;
      client.close();
      this.clients.delete(office);
    }
    for (const [client, { office, takeBack }] of this.retired) {
      if (!isDropped(office)) continue;
      takeBack();
      client.close();
      this.retired.delete(client);
    }
  }

  close(): void {
    for (const { client } of this.clients.values()) client.close();
    for (const [client, { takeBack }] of this.retired) {
      takeBack();
      client.close();
    }
    this.clients.clear();
    this.retired.clear();
  }

  private retire(office: OfficeId, client: Client, later: (act: () => void, ms: number) => () => void): void {
    const close = () => {
      this.retired.delete(client);
      client.close();
    };
    this.retired.set(client, { office, takeBack: later(close, KEPT_MS) });
  }
}

/** What a connection takes for granted when it is made: later, only the calls of the other end are looked at. */
function channelCredentials(credentials: Credentials): ChannelCredentials {
  return grpcCredentials.createFromSecureContext(createSecureContext(clientTls(credentials)), {
    checkServerIdentity: checkOffice(credentials),
  });
}

function revokesMore({ lists: before }: Credentials, { lists: now }: Credentials): boolean {
  return [...now.offices.revoked.keys()].some((serial) => !before.offices.revoked.has(serial));
}
