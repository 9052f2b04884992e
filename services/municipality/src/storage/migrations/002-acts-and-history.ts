import { type ColumnDataType, sql } from 'kysely';
import { plainForm } from '#core/domain/personal-name.js';
import { addressForm, readingForm } from '../../domain/register/search-forms.js';
import { createTable as create, type Db, index } from './create-table.js';

/** From a register that can be read to one that is kept: acts, history, codes, drafts, measures, certificates. */
export async function up(db: Db): Promise<void> {
  await extendResidentRecord(db);
  await create(db, 'act', {
    ...{ act_id: ['text', 'key'], kind: 'text', cause_on: 'text', accepted_on: 'text', accepted_at: 'text' },
    ...{ deadline: ['text', 'null'], notifier_name: ['text', 'null'], notifier_standing: ['text', 'null'] },
    ...{
      notifier_document: ['text', 'null'],
      operator: 'text',
      checked_by: ['text', 'null'],
      grounds: ['text', 'null'],
    },
  });
  await create(db, 'record_version', {
    ...{ record_id: ['text', 'of a record'], ordinal: 'integer', act_id: ['text', 'null'], recorded_on: 'text' },
    ...{ household_id: 'text', content: 'text' },
  });
  await index(db, 'record_version', ['record_id', 'ordinal'], { unique: true });
  await index(db, 'record_version', ['household_id']);
  await createCodes(db);
  await create(db, 'draft', {
    ...{ draft_id: ['text', 'key'], content: 'text', grounds: 'text', drafted_by: 'text', drafted_at: 'text' },
    ...{
      standing: 'text',
      state: 'text',
      closed_by: ['text', 'null'],
      closed_at: ['text', 'null'],
      act_id: ['text', 'null'],
    },
  });
  await index(db, 'draft', ['state']);
  await renewRestriction(db);
  await create(db, 'protective_measure', { measure_id: ['text', 'key'], applicant_record_id: 'text' });
  await createPapers(db);
  await writeFirstVersions(db);
}

async function extendResidentRecord(db: Db): Promise<void> {
  const add = (name: string, type: ColumnDataType, fallback?: string | number) =>
    db.schema
      .alterTable('resident_record')
      .addColumn(name, type, (column) => (fallback === undefined ? column : column.notNull().defaultTo(fallback)))
      .execute();
  await add('destination', 'text');
  await add('change_version', 'integer', 1);
  // For finding, beside what is found: a name is never altered where it is kept.
  for (const form of ['name_form', 'common_name_form', 'reading_form', 'address_form']) {
    await add(form, 'text', '');
    await index(db, 'resident_record', [form]);
  }
}

async function createCodes(db: Db): Promise<void> {
  await create(db, 'code_allotment', {
    ...{ allotment_id: ['text', 'key'], amount: 'integer', requested_at: 'text', received_at: ['text', 'null'] },
  });
  await create(db, 'allotted_code', {
    ...{
      resident_record_code: ['text', 'key'],
      allotment_id: 'text',
      ordinal: 'integer',
      written_by: ['text', 'null'],
    },
  });
  await index(db, 'allotted_code', ['written_by', 'allotment_id', 'ordinal']);
  await create(db, 'superseded_code', { old_code: ['text', 'key'], new_code: 'text', act_id: 'text' });
  await index(db, 'superseded_code', ['new_code']);
}

async function createPapers(db: Db): Promise<void> {
  await create(db, 'move_out_certificate', {
    ...{ certificate_number: ['text', 'key'], act_id: 'text', payload: 'text', paper: 'text' },
  });
  await create(db, 'certified_record', {
    certificate_number: 'text',
    record_id: ['text', 'of a record'],
    change_version: 'integer',
  });
  await index(db, 'certified_record', ['record_id', 'change_version'], { unique: true });
  await create(db, 'outgoing_notice', {
    ...{
      notice_id: ['text', 'key'],
      home: 'text',
      kind: 'text',
      content: 'text',
      operator: 'text',
      written_at: 'text',
    },
    ...{ answered_at: ['text', 'null'], outcome: ['text', 'null'] },
  });
  await create(db, 'received_notice', { notice_id: ['text', 'key'], sender: 'text', content: 'text', act_id: 'text' });
}

/** A measure can end and another begin on the same day, so a restriction has an id of its own. */
async function renewRestriction(db: Db): Promise<void> {
  await db.schema.alterTable('restriction').renameTo('restriction_001').execute();
  await create(db, 'restriction', {
    ...{
      restriction_id: ['text', 'key'],
      record_id: ['text', 'of a record'],
      kind: 'text',
      valid_from: 'text',
      valid_until: 'text',
    },
    ...{ ended_on: ['text', 'null'], ended_by: ['text', 'null'], measure_id: ['text', 'null'] },
  });
  await index(db, 'restriction', ['record_id']);
  await sql`insert into restriction (restriction_id, record_id, kind, valid_from, valid_until)
    select record_id || '/' || kind || '/' || valid_from, record_id, kind, valid_from, valid_until
    from restriction_001`.execute(db);
  await db.schema.dropTable('restriction_001').execute();
}

/** What is in the register already becomes its first version, as of the day on which it was notified or deleted. */
async function writeFirstVersions(db: Db): Promise<void> {
  const { rows } = await sql<Record<string, string | null>>`select * from resident_record`.execute(db);
  for (const row of rows) {
    const [name, common, reading, address] = [row['name'], row['common_name'], row['name_reading'], row['address']];
    await sql`update resident_record set name_form = ${plainForm(name ?? '')},
      common_name_form = ${plainForm(common ?? '')}, reading_form = ${readingForm(reading ?? '')},
      address_form = ${addressForm(address ?? '')} where record_id = ${row['record_id']}`.execute(db);
    await sql`insert into record_version (record_id, ordinal, recorded_on, household_id, content)
      values (${row['record_id']}, 1, ${row['deleted_on'] ?? row['notified_on']}, ${row['household_id']}, ${contentOf(row)})`.execute(
      db,
    );
  }
}

/** The columns as the record's properties, in the order in which versions of this release have them. */
function contentOf(row: Record<string, unknown>): string {
  const { name_form: _n, common_name_form: _c, reading_form: _r, address_form: _a, ...kept } = row;
  const camel = (column: string) => column.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  return JSON.stringify(Object.fromEntries(Object.entries(kept).map(([column, value]) => [camel(column), value])));
}
