import type { Kysely } from 'kysely';
import { createTable, type Db, index } from './create-table.js';

/** Cards, and people who move with one. */
export async function up(anyDb: Kysely<unknown>): Promise<void> {
  const db: Db = anyDb;
  await createTable(db, 'card', {
    ...{ card_number: ['text', 'key'], kind: 'text', record_id: ['text', 'of a record'], resident_record_code: 'text' },
    ...{ issued_on: 'text', expires_on: 'text', state: 'text', invalid_by: ['text', 'null'] },
    ...{ lapses_after: ['text', 'null'], lapses_by: ['text', 'null'], public_key: 'text', management_key: 'text' },
    ...{ version: 'integer', answers: 'integer', moved_to: ['text', 'null'] },
  });
  await index(db, 'card', ['record_id']);
  await index(db, 'card', ['state']);
  await createTable(db, 'card_event', {
    ...{ card_number: 'text', ordinal: 'integer', state: 'text', invalid_by: ['text', 'null'] },
    ...{ noted_on: 'text', operator: ['text', 'null'] },
  });
  await index(db, 'card_event', ['card_number', 'ordinal'], { unique: true });
  await createTable(db, 'departure', {
    ...{ departure_id: ['text', 'key'], act_id: 'text', planned_on: 'text', destination_municipality: 'text' },
    ...{ destination: 'text', channel: 'text', notified_at: 'text' },
  });
  await createTable(db, 'departing_record', {
    ...{ departure_id: 'text', record_id: ['text', 'of a record'], householder_name: 'text', state: 'text' },
    ...{ next_version: 'integer', claim_id: ['text', 'null'], changed_at: 'text' },
  });
  await index(db, 'departing_record', ['departure_id', 'record_id'], { unique: true });
  await index(db, 'departing_record', ['record_id']);
  await index(db, 'departing_record', ['state']);
  await createTable(db, 'claim', {
    ...{ claim_id: ['text', 'key'], claimed_by: 'text', content: ['text', 'null'], outcome: 'text' },
    ...{ departure_id: ['text', 'null'], claimed_at: 'text' },
  });
  await createTable(db, 'arrival', {
    ...{ arrival_id: ['text', 'key'], origin: 'text', card_number: 'text', resident_record_code: 'text' },
    ...{ moved_in_on: 'text', notified_on: 'text', state: 'text', certificate: ['text', 'null'] },
    ...{ problem: ['text', 'null'], changed_at: 'text' },
  });
  await index(db, 'arrival', ['state']);
  await index(db, 'arrival', ['card_number']);
}
