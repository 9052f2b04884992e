import type { SignedDirectory } from '../domain/directory.js';
import { type Fresh, newNonce } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { directoryMessage, directoryOfMessage } from '../wire/directory-message.js';
import type { DirectoryServiceDefinition } from '../wire/generated/juki/directory/v1/DirectoryService.js';
import { procedures } from '../wire/procedure.js';
import { type Asker, ask } from './ask.js';

/** The switch has to be seen everywhere within 5 seconds: an office that does not answer is tried again soon. */
const PATIENCE_MS = 3_000;

const { PublishDirectory, GetDirectory } = procedures<DirectoryServiceDefinition>('juki.directory.v1.DirectoryService');

/** @returns what hands a directory on to an office below, and tells which number it holds then */
export function publishDirectory(asker: Asker & Fresh) {
  return async (below: OfficeId, directory: SignedDirectory): Promise<number> => {
    const request = { directory: directoryMessage(directory) };
    const { number } = await ask(asker, PublishDirectory, {
      ...{ office: below, request, account: accountOf(asker), concerns: [] },
      ...{ reasons: ['DIRECTORY_NOT_VALID', 'DIRECTORY_ROLLED_BACK'], withinMs: PATIENCE_MS },
    });
    return number;
  };
}

/** @returns what asks the office above for the directory that it holds */
export function askForDirectory(asker: Asker & Fresh) {
  return async (above: OfficeId): Promise<SignedDirectory | undefined> => {
    const { directory } = await ask(asker, GetDirectory, {
      ...{ office: above, request: {}, account: accountOf(asker), concerns: [] },
      ...{ reasons: ['CUT_OFF'], withinMs: PATIENCE_MS },
    });
    return directory ? directoryOfMessage(directory) : undefined;
  };
}

function accountOf(fresh: Fresh) {
  return { id: fresh.newId(), nonce: newNonce(fresh), operator: 'courier', purpose: 'DIRECTORY' };
}
