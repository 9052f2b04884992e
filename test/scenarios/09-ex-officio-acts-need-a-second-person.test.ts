import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { withPassport } from '../support/desk.js';
import { codesOf, IN_BUNKYO, stranger, TODAY } from '../support/notifications.js';
import { BUNKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { approve, changeOfAddress, draftAct, listDrafts, withdraw } from '../support/questions.js';
import { RegisterDesk, tablesOf, WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   operator-1 ── drafts ──▶ Bunkyo: the draft waits; the register is as it was
 *   operator-1 ── approves ──▶ SECOND_PERSON_NEEDED
 *   operator-2 ── approves ──▶ Bunkyo: does it, where what operator-1 saw is still so
 *   either     ── withdraws ─▶ Bunkyo: it is never done
 */
describe.each(WAYS)('An operator of Bunkyo drafts an ex-officio act, over $way', ({ way }) => {
  let network: TestNetwork;
  let aResident: () => ResidentRecord;
  let drafter: RegisterDesk;
  let second: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [BUNKYO] });
    aResident = handingOut(new Town(network.people, BUNKYO).leavers);
    drafter = new RegisterDesk(network, BUNKYO, way);
    second = new RegisterDesk(network, BUNKYO, way, SECOND_OPERATOR);
  });
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  const deletionOf = ({ residentRecordCode }: ResidentRecord) => ({
    ...{ act: { deletion: { people: [residentRecordCode], on: '2016-05-10' } } },
    grounds: '実態調査により居住の事実がないことを確認',
  });
  const entryOf = (name: string) => ({
    act: { entry: { since: '2016-05-01', address: IN_BUNKYO, person: stranger(name), relationship: '世帯主' } },
    grounds: '職権による記載の申出',
  });
  const drafted = async (body: object) => (await drafter.act(draftAct, body, 'DRAFT')).answer.draftId;
  const moved = (resident: ResidentRecord) => ({
    notifier: withPassport(resident),
    ...{ movedOn: '2016-05-20', address: IN_BUNKYO, movers: codesOf([resident]) },
  });

  it('keeps the draft, and changes nothing else: neither the register nor the pool of codes', async () => {
    const before = await tablesOf(network, BUNKYO);
    await drafted(deletionOf(aResident()));
    await drafted(entryOf('下書 きの子'));
    const { draft: drafts = [], ...register } = await tablesOf(network, BUNKYO);
    const { draft: earlier = [], ...registerBefore } = before;
    expect(register).toEqual(registerBefore);
    expect(drafts).toHaveLength(earlier.length + 2);
  });

  it('shows it to the second person: what is to be done, on what grounds, and who drafted it', async () => {
    const resident = aResident();
    const body = deletionOf(resident);
    const draftId = await drafted(body);
    const look = () => second.ask(listDrafts, { purpose: '職権処理の審査' });
    const { reply, entries } = await network.watch(look);
    const shown = reply.drafts.find((draft) => draft.draftId === draftId);
    expect(shown).toMatchObject({ ...body, draftedBy: 'operator-1' });
    expect(entries(BUNKYO)).toMatchObject([{ event: 'ANSWERED', operator: 'operator-2', purpose: '職権処理の審査' }]);
  });

  it('refuses to be approved by whoever drafted it, and is done when a second person approves it', async () => {
    const resident = aResident();
    const draftId = await drafted(deletionOf(resident));
    await drafter.refused(approve, { draftId }, 'SECOND_PERSON_NEEDED');
    const receipt = await second.receipt(approve, { draftId }, 'EX_OFFICIO_DELETION');
    expect(receipt).toMatchObject({ residentRecordCodes: [resident.residentRecordCode], late: false });
    expect(receipt).not.toHaveProperty('deadline');
    const { act, residentRecord } = await drafter.newest(resident);
    expect(residentRecord).toMatchObject({ deletedOn: '2016-05-10', deletionReason: 'EX_OFFICIO_DELETION' });
    expect(act).toMatchObject({
      ...{ kind: 'EX_OFFICIO_DELETION', operator: 'operator-1', checkedBy: 'operator-2', causeOn: '2016-05-10' },
      grounds: '実態調査により居住の事実がないことを確認',
    });
    expect(act).not.toHaveProperty('notifierName');
  });

  it('dates what is written on the day of the approval, not of the draft', async () => {
    const resident = aResident();
    const draftId = await drafted(deletionOf(resident));
    network.clock.set('2016-05-30T09:00:00+09:00');
    await second.receipt(approve, { draftId }, 'EX_OFFICIO_DELETION');
    expect(await drafter.newest(resident)).toMatchObject({
      ...{ recordedOn: '2016-05-30', act: { acceptedOn: '2016-05-30' } },
    });
  });

  it('lets the second person draft, and the first one approve', async () => {
    const resident = aResident();
    const { answer } = await second.act(draftAct, deletionOf(resident), 'DRAFT');
    await second.refused(approve, { draftId: answer.draftId }, 'SECOND_PERSON_NEEDED');
    await drafter.receipt(approve, { draftId: answer.draftId }, 'EX_OFFICIO_DELETION');
    expect((await drafter.newest(resident)).act).toMatchObject({ operator: 'operator-2', checkedBy: 'operator-1' });
  });

  it('is not done where the register has changed since: neither by a notification nor by another draft', async () => {
    const [one, other] = [aResident(), aResident()];
    const first = await drafted(deletionOf(one));
    await drafter.receipt(changeOfAddress, moved(one), 'CHANGE_OF_ADDRESS');
    await second.refused(approve, { draftId: first }, 'REGISTER_CHANGED');
    const [before, after] = [await drafted(deletionOf(other)), await drafted(deletionOf(other))];
    await second.receipt(approve, { draftId: before }, 'EX_OFFICIO_DELETION');
    await second.refused(approve, { draftId: after }, 'REGISTER_CHANGED');
  });

  it('is done after a change that was not of what the drafter saw', async () => {
    const [resident, another] = [aResident(), aResident()];
    const draftId = await drafted(deletionOf(resident));
    await drafter.receipt(changeOfAddress, moved(another), 'CHANGE_OF_ADDRESS');
    await second.receipt(approve, { draftId }, 'EX_OFFICIO_DELETION');
    expect((await drafter.newest(resident)).residentRecord).toMatchObject({ deletionReason: 'EX_OFFICIO_DELETION' });
  });

  it('does not enter somebody who was entered since, by another draft of the same person', async () => {
    const [before, after] = [await drafted(entryOf('記載 二重子')), await drafted(entryOf('記載 二重子'))];
    await second.receipt(approve, { draftId: before }, 'EX_OFFICIO_ENTRY');
    await second.refused(approve, { draftId: after }, 'ALREADY_REGISTERED');
  });

  it('is done once: the same draft a second time is closed', async () => {
    const draftId = await drafted(deletionOf(aResident()));
    await second.receipt(approve, { draftId }, 'EX_OFFICIO_DELETION');
    await second.refused(approve, { draftId }, 'DRAFT_CLOSED');
    await second.refused(withdraw, { draftId }, 'DRAFT_CLOSED');
  });

  it('is done once where it is approved twice in the same moment', async () => {
    const resident = aResident();
    const draftId = await drafted(deletionOf(resident));
    const both = await Promise.all([second.try(approve, { draftId }), second.try(approve, { draftId })]);
    expect(both.map(({ refusal }) => refusal?.reason).sort()).toEqual(['DRAFT_CLOSED', undefined]);
    const acts = (await drafter.history(resident)).filter(({ act }) => act?.kind === 'EX_OFFICIO_DELETION');
    expect(acts).toHaveLength(1);
  });

  it('is withdrawn by whoever drafted it, and then neither listed nor done', async () => {
    const resident = aResident();
    const draftId = await drafted(deletionOf(resident));
    await drafter.act(withdraw, { draftId }, 'WITHDRAWAL');
    const { drafts } = await second.ask(listDrafts, { purpose: '職権処理の審査' });
    expect(drafts.map((draft) => draft.draftId)).not.toContain(draftId);
    await second.refused(approve, { draftId }, 'DRAFT_CLOSED');
    expect(await drafter.record(resident)).toMatchObject({ name: resident.name });
  });

  it('is refused at once where it could not be done, and where nobody says on what grounds', async () => {
    const { act, grounds } = deletionOf(aResident());
    const tomorrow = { deletion: { ...act.deletion, on: '2016-05-28' } };
    await drafter.refused(draftAct, { act: tomorrow, grounds }, 'DATE_NOT_POSSIBLE');
    await drafter.refused(draftAct, { act, grounds: ' ' }, 'INVALID_REQUEST');
    const unknown = { deletion: { ...act.deletion, people: ['24727059608'] } };
    await drafter.refused(draftAct, { act: unknown, grounds }, 'NOT_FOUND');
  });

  it('is not found under an id that nobody drafted', async () => {
    const draftId = '00000000-0000-4000-8000-00000000ffff';
    await second.refused(approve, { draftId }, 'NOT_FOUND');
    await second.refused(withdraw, { draftId }, 'NOT_FOUND');
  });

  it('finds today possible, and a deletion from before the person came not', async () => {
    const resident = aResident();
    const { act, grounds } = deletionOf(resident);
    const early = { deletion: { ...act.deletion, on: '1900-01-01' } };
    await drafter.refused(draftAct, { act: early, grounds }, 'DATE_NOT_POSSIBLE');
    const draftId = await drafted({ act: { deletion: { ...act.deletion, on: TODAY } }, grounds });
    await second.receipt(approve, { draftId }, 'EX_OFFICIO_DELETION');
    expect((await drafter.newest(resident)).retainedUntil).toBe('2096-05-27');
  });
});
