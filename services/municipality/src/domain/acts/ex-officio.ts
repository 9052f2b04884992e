import { z } from 'zod';
import { Address, Code, Codes, Day, PersonName, Reading, Relationship, Relationships, Sex, Text } from '../fields.js';
import { Person } from '../register/person.js';

/** 職権: what the mayor writes without a notification. Who drafts it says on what grounds; a second person approves it. */

const Entry = z.strictObject({
  since: Day.meta({ description: 'Since when they have lived here' }),
  address: Address,
  residentRecordCode: Code.optional().meta({
    description: 'The last one; left out where there was none, or it can not be found',
  }),
  person: Person,
  relationship: Relationship,
  joinHouseholdOf: Code.optional(),
  relationships: Relationships,
});

const Deletion = z.strictObject({
  people: Codes,
  on: Day.meta({ description: 'When the cause arose' }),
  noLongerCovered: z.boolean().optional().meta({ description: 'The Act does not cover them any more' }),
  relationships: Relationships.meta({ description: 'Of those who stay' }),
});

const Correction = z.strictObject({
  residentRecordCode: Code,
  on: Day.meta({ description: 'When the cause arose' }),
  name: PersonName.optional(),
  nameReading: Reading.optional(),
  commonName: PersonName.optional(),
  withoutCommonName: z.boolean().default(false),
  birthDate: Day.optional(),
  sex: Sex.optional(),
  address: Address.optional().meta({ description: 'Of the whole household' }),
  relationship: Relationship.optional(),
  registeredDomicile: Text.optional(),
  firstListedPerson: PersonName.optional(),
  nationality: Text.optional(),
  residenceStatus: Text.optional(),
  municipalItems: Text.optional(),
});

const MinorCorrection = z.strictObject({
  residentRecordCode: Code,
  on: Day,
  name: PersonName.optional().meta({ description: 'The same name in other characters' }),
  commonName: PersonName.optional(),
  address: Address.optional().meta({
    description: 'The same place under a new name or number; of the whole household',
  }),
});

const CodeCorrection = z.strictObject({
  residentRecordCode: Code,
  on: Day,
  correctCode: Code.optional().meta({ description: 'The one that should have been written; else a fresh one' }),
});

/** One of the five. */
export const ExOfficioAct = z
  .strictObject({
    entry: Entry.optional(),
    deletion: Deletion.optional(),
    correction: Correction.optional(),
    minorCorrection: MinorCorrection.optional(),
    codeCorrection: CodeCorrection.optional(),
  })
  .refine((act) => Object.values(act).filter((part) => part !== undefined).length === 1, 'is one act');

export type ExOfficioAct = z.infer<typeof ExOfficioAct>;
export type ExOfficioEntry = z.infer<typeof Entry>;
export type ExOfficioDeletion = z.infer<typeof Deletion>;
export type ExOfficioCorrection = z.infer<typeof Correction>;
export type MinorCorrection = z.infer<typeof MinorCorrection>;
export type CodeCorrection = z.infer<typeof CodeCorrection>;
