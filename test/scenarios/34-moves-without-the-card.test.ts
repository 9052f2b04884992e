import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import type { MoveOutCertificateServiceDefinition } from '#core/wire/generated/juki/transfer/v1/MoveOutCertificateService.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import { CardReader } from '#municipality/devices/card-reader.js';
import { claimChallenge } from '#municipality/domain/moves/claim.js';
import { pocketsIn } from '#scripts/network/start-network.js';
import { accountOf } from '../support/accounts.js';
import {
  type CardInHand,
  cardFor,
  firstMoveIn,
  leavingWithACard,
  specialMoveIn,
  specialMoveOut,
} from '../support/moving-with-a-card.js';
import { TODAY } from '../support/notifications.js';
import { BUNKYO, KANAGAWA, NATIONAL, SHINJUKU, TOKYO, YOKOHAMA } from '../support/offices.js';
import { type Couple, handingOut, Town } from '../support/people.js';
import { ProvenLine } from '../support/proven-line.js';
import { RegisterDesk } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Shinjuku ── claims, with its operator's card behind it, and without the mover's card in its reader ──▶ Bunkyo
 *   Yokohama ── tells of a claim that is Shinjuku's ──▶ Bunkyo
 */
const { ClaimMoveOutCertificate, NoticeMoveIn, ReleaseMoveOutCertificate } =
  procedures<MoveOutCertificateServiceDefinition>('juki.transfer.v1.MoveOutCertificateService');

let network: TestNetwork;
let bunkyo: RegisterDesk;
let shinjuku: RegisterDesk;
let aCouple: () => Couple;
let couple: Couple;
let card: CardInHand;
let line: ProvenLine;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, KANAGAWA, BUNKYO, SHINJUKU, YOKOHAMA] });
  aCouple = handingOut(new Town(network.people, BUNKYO).couples);
  [bunkyo, shinjuku] = [new RegisterDesk(network, BUNKYO), new RegisterDesk(network, SHINJUKU)];
});
afterAll(() => network.remove());

beforeEach(async () => {
  couple = aCouple();
  card = await cardFor(bunkyo, couple[0]);
  await bunkyo.receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
  line = ProvenLine.between(network, SHINJUKU, BUNKYO);
});
afterEach(() => line.close());

interface Signed {
  claimId?: string;
  /** What the chip signs, and for whom. */
  forClaim?: string;
  forReader?: string;
  notifiedOn?: string;
}

/** A claim of Shinjuku's own making, which by itself is in order. */
function claimWith({
  claimId = randomUUID(),
  forClaim = claimId,
  forReader = SHINJUKU,
  notifiedOn = TODAY,
}: Signed = {}) {
  const reader = new CardReader(pocketsIn(network.data));
  const reading = { today: TODAY, reader: forReader, challenge: claimChallenge(forClaim) };
  const { answer } = reader.read({ kind: 'CARD', ...card }, reading);
  return {
    ...{ claimId, cardNumber: card.cardNumber, residentRecordCode: couple[0].residentRecordCode },
    ...{ movedInOn: TODAY, notifiedOn, cardCount: String(answer.count), cardSignature: answer.signature },
  };
}

function ask(claim: object) {
  const question = messageOf<object>('juki.transfer.v1.ClaimMoveOutCertificateRequest', claim);
  const metadata = { ...accountOf(), 'juki-purpose': 'SPECIAL_MOVE_IN' };
  return line.call(ClaimMoveOutCertificate.path, ClaimMoveOutCertificate.encodeRequest(question), { metadata });
}

describe('A destination that claims people', () => {
  it('is told of them where the chip has answered to this very claim, and again with the next answer.', async () => {
    const claimId = randomUUID();
    expect((await ask(claimWith({ claimId }))).messages).toHaveLength(1);
    expect((await ask(claimWith({ claimId }))).messages).toHaveLength(1);
  });

  it.each([
    ['no chip has signed', () => ({ ...claimWith(), cardSignature: '0'.repeat(128) })],
    ['the chip has answered to another claim', () => claimWith({ forClaim: randomUUID() })],
    ['the chip has answered to the reader of another office', () => claimWith({ forReader: YOKOHAMA })],
    ['the chip has answered another time than it says', () => ({ ...claimWith(), cardCount: '1000' })],
    ['it names a card that is not kept here', () => ({ ...claimWith(), cardNumber: 'JC0000000000' })],
  ])('is told nothing where %s, and nothing is frozen or lost by it.', async (_what, claim) => {
    const reply = await ask(claim());
    expect([reply.reason, reply.messages]).toEqual(['CARD_INVALID', []]);
    expect((await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY })).people).toHaveLength(2);
  });

  it('can not end a card that it has not, by saying that its holder comes too late.', async () => {
    const late = addDays(TODAY, 40);
    const reply = await ask({ ...claimWith({ notifiedOn: late }), cardSignature: '0'.repeat(128) });
    expect(reply.reason).toBe('CARD_INVALID');
    expect((await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY })).people).toHaveLength(2);
  });

  it('is told nothing without an operator’s card, though the mover’s is there.', async () => {
    const question = messageOf<object>('juki.transfer.v1.ClaimMoveOutCertificateRequest', claimWith());
    const metadata = { ...accountOf(), 'juki-purpose': 'SPECIAL_MOVE_IN', 'juki-operator': 'nobody' };
    const bytes = ClaimMoveOutCertificate.encodeRequest(question);
    expect((await line.call(ClaimMoveOutCertificate.path, bytes, { metadata })).reason).toBe('MANDATE_NOT_VALID');
  });
});

describe('Whoever did not claim people', () => {
  it('can neither tell that they have moved in, nor give them back.', async () => {
    const { arrivalId: claimId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    const other = ProvenLine.between(network, YOKOHAMA, BUNKYO);
    const codes = couple.map(({ residentRecordCode }) => residentRecordCode);
    const notice = { claimId, movedInOn: { year: 2016, month: 5, day: 27 }, residentRecordCodes: codes };
    const told = await other.call(NoticeMoveIn.path, NoticeMoveIn.encodeRequest(notice), {
      metadata: { ...accountOf(), 'juki-purpose': 'MOVE_IN_NOTICE' },
    });
    const given = await other.call(
      ReleaseMoveOutCertificate.path,
      ReleaseMoveOutCertificate.encodeRequest({ claimId }),
      {
        metadata: { ...accountOf(), 'juki-purpose': 'CLAIM_RELEASE' },
      },
    );
    other.close();
    expect([told.reason, given.reason]).toEqual(['NOT_FOUND', 'MOVE_SETTLED']);
    await shinjuku.receipt(specialMoveIn, { arrivalId: claimId, address: '新宿の新居' }, 'MOVE_IN');
  });
});
