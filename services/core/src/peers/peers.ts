import { createSecureContext } from 'node:tls';
import { type ChannelCredentials, Client, credentials as grpcCredentials } from '@grpc/grpc-js';
import type { OfficeId } from '../domain/office.js';
import type { AddressOf } from '../network.js';
import type { Credentials } from '../trust/credentials.js';
import { checkOffice, clientTls, serverName } from '../trust/tls.js';

const OPTIONS = {
  'grpc.max_receive_message_length': 1024 * 1024,
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
};

/** A node's connections to other offices: made when first asked for, kept, and dropped when idle. */
export class Peers {
  private readonly clients = new Map<OfficeId, Client>();
  private readonly credentials: ChannelCredentials;
  private readonly addressOf: AddressOf;

  constructor(credentials: Credentials, addressOf: AddressOf) {
    this.credentials = grpcCredentials.createFromSecureContext(createSecureContext(clientTls(credentials)), {
      checkServerIdentity: checkOffice(credentials),
    });
    this.addressOf = addressOf;
  }

  client(office: OfficeId): Client {
    const known = this.clients.get(office);
    if (known) return known;
    const client = new Client(this.addressOf(office), this.credentials, {
      ...OPTIONS,
      'grpc.ssl_target_name_override': serverName(office),
      'grpc.default_authority': serverName(office),
    });
    this.clients.set(office, client);
    return client;
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
    this.clients.clear();
  }
}
