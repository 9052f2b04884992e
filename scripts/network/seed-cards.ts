import { createECDH, createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import type { Kysely, Transaction } from 'kysely';
import { nextVersion } from '#core/domain/change-version.js';
import type { OfficeId } from '#core/domain/office.js';
import { putCardStatuses } from '#core/storage/card-statuses.js';
import { enqueue } from '#core/storage/outbox.js';
import type { CoreTables } from '#core/storage/tables.js';
import { chipPath, PIN_TRIES, sealByPin, sealForKeeper, storeChip } from '#municipality/devices/chip.js';
import { type Card, statusOf } from '#municipality/domain/cards/card.js';
import { appendCardEvent, putCard } from '#municipality/storage/cards.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { TODAY } from '../seed/days.js';
import type { SeededCard, SeededMunicipality } from '../seed/residents.js';

/** When the network began. */
const BEGINNING = new Date('2002-08-05T00:00:00+09:00');

/** Puts the cards into their holders' pockets; chips that are there keep what they have counted. */
export function seedChips(pockets: string, cards: SeededCard[]): void {
  mkdirSync(pockets, { recursive: true });
  const handedOut = cards.filter(({ cardNumber }) => !existsSync(chipPath(pockets, cardNumber)));
  for (const { pin, issuedOn: _onTheCard, residentRecordCode, ...printed } of handedOut) {
    const { privateKey, managementKey } = keysOf(printed.cardNumber);
    const secret = { residentRecordCode, privateKey };
    storeChip(pockets, {
      ...{ ...printed, triesLeft: PIN_TRIES, answers: 0 },
      ...sealByPin(secret, pin),
      ...sealForKeeper(secret, managementKey),
    });
  }
}

/**
 * The cards that a register begins with.
 *
 * @param waitFor - of a municipality outside the network: its prefecture, which hears of them when it joins
 */
export async function seedCards(
  trx: Transaction<MunicipalityTables>,
  town: SeededMunicipality,
  waitFor: OfficeId | undefined,
): Promise<void> {
  const cards = cardsIn(town);
  for (const card of cards) {
    await putCard(trx, card);
    const { state, invalidBy, issuedOn, expiresOn } = card;
    await appendCardEvent(trx, card.cardNumber, { state: 'ACTIVE', invalidBy: null, on: issuedOn, operator: null });
    if (state === 'INVALID')
      await appendCardEvent(trx, card.cardNumber, { state, invalidBy, on: expiresOn, operator: null });
  }
  if (waitFor === undefined) return;
  const queue = { destination: waitFor, kind: 'CARD_STATUS' as const, at: BEGINNING };
  const statuses = cards.map((card) => statusOf(card, town.municipality));
  await enqueue(trx as unknown as Transaction<CoreTables>, queue, statuses);
}

/** The same, at the levels above. */
export async function seedCardStatuses(db: Kysely<CoreTables>, towns: SeededMunicipality[]): Promise<void> {
  const statuses = towns.flatMap((town) => cardsIn(town).map((card) => statusOf(card, town.municipality)));
  await db.transaction().execute((trx) => putCardStatuses(trx, statuses));
}

function cardsIn({ cards, records }: SeededMunicipality): Card[] {
  return cards.flatMap(({ cardNumber, kind, residentRecordCode, issuedOn, expiresOn }): Card[] => {
    const holder = records.find((record) => record.residentRecordCode === residentRecordCode);
    if (!holder) return [];
    const { publicKey, managementKey } = keysOf(cardNumber);
    const hasExpired = expiresOn < TODAY;
    return [
      {
        ...{ cardNumber, kind, recordId: holder.recordId, residentRecordCode, issuedOn, expiresOn, publicKey },
        ...{ managementKey, lapsesAfter: null, lapsesBy: null },
        ...(hasExpired ? { state: 'INVALID', invalidBy: 'EXPIRED' } : { state: 'ACTIVE', invalidBy: null }),
        ...{ version: nextVersion(0, hasExpired ? expiresOn : issuedOn), answers: 0, movedTo: null },
      },
    ];
  });
}

interface Keys {
  privateKey: string;
  publicKey: string;
  managementKey: string;
}

/** The chip and three ledgers ask for them. */
const known = new Map<string, Keys>();

function keysOf(cardNumber: string): Keys {
  const keys = known.get(cardNumber) ?? drawnKeysOf(cardNumber);
  known.set(cardNumber, keys);
  return keys;
}

/** Of made-up people's cards: always the same, so that chips and ledgers fit however they were made. */
function drawnKeysOf(cardNumber: string): Keys {
  const drawn = (purpose: string) => createHash('sha256').update(`demo card/${cardNumber}/${purpose}`).digest();
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(drawn('key'));
  const point = curve.getPublicKey();
  const part = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', d: drawn('key').toString('base64url'), x: part(1), y: part(33) };
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return {
    privateKey: key.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64'),
    managementKey: drawn('management').toString('hex'),
  };
}
