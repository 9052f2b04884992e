import { Command, InvalidArgumentError, Option } from 'commander';
import { calendarDateMessage } from '#core/wire/calendar-date-message.js';
import type { IssueCopyRequest } from '#core/wire/generated/juki/issuance/v1/IssueCopyRequest.js';
import type { PhotoIdProof } from '#core/wire/generated/juki/issuance/v1/PhotoIdProof.js';
import { PHOTO_ID_KINDS } from '#municipality/domain/counter/identity-proof.js';
import { day } from './options.js';
import { officeNamed, placeOf } from './place.js';
import { IssueCopy, IssueWideAreaCopy } from './procedures.js';

interface Options {
  at: string;
  home?: string;
  card?: string;
  pin?: string;
  photoId?: PhotoIdProof['kind'];
  expires?: string;
  addressShown: boolean;
  name?: string;
  code?: string;
  born?: string;
  sex?: 'MALE' | 'FEMALE';
  household: boolean;
  member: string[];
  items: number[];
}

/** juki copy: issue a copy at the counter of a municipality: wide-area with --home, of a resident of it without. */
export function copyCommand(): Command {
  return new Command('copy')
    .description('issue a copy of a resident record: of somebody registered elsewhere with --home, else of a resident')
    .requiredOption('--at <office>', 'the issuing municipality')
    .option('--home <code>', 'the local government code of the home municipality, where that is another one')
    .option('--card <number>', 'the card in the reader')
    .option('--pin <pin>', 'the PIN that its holder keys in')
    .addOption(new Option('--photo-id <kind>', 'or the document shown').choices(PHOTO_ID_KINDS))
    .option('--expires <date>', 'its last day, YYYY-MM-DD', day)
    .option('--address-shown', 'it shows the present address', false)
    .option('--name <name>', 'the name on it')
    .option('--code <code>', 'the resident record code that the applicant states')
    .option('--born <date>', 'or the birth date, YYYY-MM-DD', day)
    .addOption(new Option('--sex <sex>', 'and the sex').choices(['MALE', 'FEMALE']))
    .option('--household', 'print the whole household', false)
    .option('--member <name...>', 'or these members of it', [])
    .option('--items <numbers>', 'items of Article 7 beside those of every copy, as 4,13; at home also 5', items, [])
    .action(async (options: Options, command: Command) => {
      const { network, json, operatorAt } = placeOf(command);
      const operator = operatorAt(officeNamed(network, options.at));
      try {
        const { home: homeMunicipality } = options;
        const copy = homeMunicipality
          ? await operator.ask(IssueWideAreaCopy, { homeMunicipality, ...requestOf(options) })
          : await operator.ask(IssueCopy, requestOf(options));
        console.log(json ? JSON.stringify(copy) : `${copy.text}\n手数料 ${copy.feeYen}円`);
      } finally {
        operator.close();
      }
    });
}

function requestOf(options: Options): IssueCopyRequest {
  const { card, pin = '', household, member, items: numbers } = options;
  return {
    ...(card ? { card: { cardNumber: card, pin } } : { photoId: photoIdOf(options) }),
    whom: whomOf(household, member),
    memberNames: member,
    items: numbers,
  };
}

function whomOf(household: boolean, member: string[]) {
  if (member.length > 0) return 'WHOM_TO_PRINT_NAMED_MEMBERS' as const;
  return household ? ('WHOM_TO_PRINT_WHOLE_HOUSEHOLD' as const) : ('WHOM_TO_PRINT_APPLICANT' as const);
}

function photoIdOf({ photoId, expires, addressShown, name = '', code, born, sex }: Options): PhotoIdProof {
  return {
    ...(photoId && { kind: `PHOTO_ID_KIND_${photoId}` as NonNullable<PhotoIdProof['kind']> }),
    ...(expires && { expiresOn: calendarDateMessage(expires) }),
    showsPresentAddress: addressShown,
    name,
    ...(code && { residentRecordCode: code }),
    ...(born && sex && { birthDateAndSex: { birthDate: calendarDateMessage(born), sex: `SEX_${sex}` as const } }),
  };
}

function items(text: string): number[] {
  if (!/^[0-9]{1,2}(,[0-9]{1,2})*$/.test(text)) throw new InvalidArgumentError('not numbers joined by commas');
  return text.split(',').map(Number);
}
