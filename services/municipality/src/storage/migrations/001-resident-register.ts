import { type Kysely, sql } from 'kysely';
import { strict } from '#core/storage/dialect.js';

export async function up(db: Kysely<unknown>): Promise<void> {
  await createResidentRecord(db);
  await createRestriction(db);
  await createOfficerNotice(db);
}

async function createResidentRecord(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('resident_record'))
    .addColumn('record_id', 'text', (column) => column.primaryKey())
    .addColumn('household_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_reading', 'text', (column) => column.notNull())
    .addColumn('common_name', 'text')
    .addColumn('birth_date', 'text', (column) => column.notNull())
    .addColumn('sex', 'text', (column) => column.notNull())
    .addColumn('relationship', 'text', (column) => column.notNull())
    .addColumn('registered_domicile', 'text')
    .addColumn('first_listed_person', 'text')
    .addColumn('nationality', 'text')
    .addColumn('residence_status', 'text')
    .addColumn('became_resident_on', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('moved_within_town_on', 'text')
    .addColumn('notified_on', 'text', (column) => column.notNull())
    .addColumn('previous_address', 'text')
    .addColumn('municipal_items', 'text', (column) => column.notNull())
    .addColumn('resident_record_code', 'text', (column) => column.notNull())
    .addColumn('deleted_on', 'text')
    .addColumn('deletion_reason', 'text')
    .execute();
  // ONE: no code has two active records here. A person who left and came back has a deleted one besides.
  await db.schema
    .createIndex('resident_record_active_code')
    .on('resident_record')
    .column('resident_record_code')
    .unique()
    .where(sql.ref('deleted_on'), 'is', null)
    .execute();
  // For finding an applicant by code, by birth date and sex, and the members of a household.
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('resident_record').columns(columns).execute();
  await index('resident_record_code', ['resident_record_code']);
  await index('resident_record_birth', ['birth_date', 'sex']);
  await index('resident_record_household', ['household_id']);
}

async function createRestriction(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('restriction'))
    .addColumn('record_id', 'text', (column) => column.notNull().references('resident_record.record_id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('valid_from', 'text', (column) => column.notNull())
    .addColumn('valid_until', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('restriction_key', ['record_id', 'kind', 'valid_from'])
    .execute();
}

async function createOfficerNotice(db: Kysely<unknown>): Promise<void> {
  await strict(db, db.schema.createTable('officer_notice'))
    .addColumn('notice_id', 'text', (column) => column.primaryKey())
    .addColumn('exchange', 'text', (column) => column.notNull())
    .addColumn('record_id', 'text', (column) => column.notNull().references('resident_record.record_id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('asked_by', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .execute();
}
