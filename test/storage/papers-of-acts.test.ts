import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { municipalityId } from '#core/domain/office.js';
import type { FamilyRegisterNotice } from '#municipality/domain/acts/family-register-notice.js';
import type { Act } from '#municipality/domain/register/act.js';
import type { Draft } from '#municipality/domain/register/draft.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { actsWithIds, enterAct } from '#municipality/storage/acts.js';
import { closeDraft, enterDraft, findDraft, openDrafts } from '#municipality/storage/drafts.js';
import {
  enterOutgoing,
  enterReceived,
  noteAnswer,
  receivedNotice,
  waitingNotices,
} from '#municipality/storage/family-register-notices.js';
import { certificateOf, enterCertificate } from '#municipality/storage/move-out-certificates.js';
import { enterRecords } from '#municipality/storage/resident-register.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aMember } from '../support/households.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { aCode } from '../support/records.js';

const [NINE, TEN] = [new Date('2016-05-27T09:00:00.123+09:00'), new Date('2016-05-27T10:00:00+09:00')];

function anAct(actId: string, differing: Partial<Act> = {}): Act {
  return {
    ...{ actId, kind: 'MOVE_IN', causeOn: '2016-05-20', acceptedOn: '2016-05-27', acceptedAt: NINE },
    ...{ deadline: '2016-06-03', operator: 'operator-1', checkedBy: null, grounds: null },
    notifier: { name: '髙橋 葛\u{E0100}', standing: 'HOUSEHOLD_MEMBER', document: 'PASSPORT' },
    ...differing,
  };
}

function aDraft(draftId: string, differing: Partial<Draft> = {}): Draft {
  return {
    act: {
      correction: { residentRecordCode: aCode(1), on: '2016-05-20', withoutCommonName: false, name: '髙橋 𠮷子' },
    },
    ...{ draftId, grounds: `戸籍の通知 '"\\`, draftedBy: 'operator-1', draftedAt: NINE },
    ...{ standing: { 'record-1': 3, 'record-2': 12 }, state: 'OPEN', ...differing },
  };
}

describeOnEveryDatabase('What belongs to acts, in the ledger of a municipality', (fresh) => {
  let ledger: Kysely<MunicipalityTables>;

  beforeEach(async () => {
    ledger = await openMunicipalityLedger(await fresh());
    await ledger.transaction().execute((trx) => enterRecords(trx, [aMember(1, '世帯主'), aMember(2, '妻')]));
  });
  afterEach(() => ledger.destroy());

  describe('an act', () => {
    const enter = (...acts: Act[]) =>
      ledger.transaction().execute(async (trx) => {
        for (const act of acts) await enterAct(trx, act);
      });

    it('comes back as it was done, with and without a notifier, a deadline and a second person', async () => {
      const exOfficio = { notifier: null, deadline: null, checkedBy: 'operator-2', grounds: '実態調査' };
      const acts = [anAct('act-1'), anAct('act-2', { ...exOfficio, kind: 'EX_OFFICIO_DELETION', acceptedAt: TEN })];
      await enter(...acts);
      const found = await actsWithIds(ledger, ['act-2', 'act-1', 'act-3']);
      expect(found.toSorted((a, b) => (a.actId < b.actId ? -1 : 1))).toEqual(acts);
    });

    it('is done once under one id, and none is found for no id', async () => {
      await enter(anAct('act-1'));
      await expect(enter(anAct('act-2'), anAct('act-1', { kind: 'DEATH' }))).rejects.toThrow();
      expect(await actsWithIds(ledger, ['act-1', 'act-2'])).toEqual([anAct('act-1')]);
      expect(await actsWithIds(ledger, [])).toEqual([]);
    });
  });

  describe('a draft', () => {
    const close = (draftId: string, state: 'APPROVED' | 'WITHDRAWN', actId: string | null) =>
      ledger.transaction().execute((trx) => closeDraft(trx, draftId, { state, by: 'operator-2', at: TEN, actId }));

    it('comes back as it was drafted, with what the drafter saw', async () => {
      await enterDraft(ledger, aDraft('draft-1'));
      expect(await findDraft(ledger, 'draft-1')).toEqual(aDraft('draft-1'));
      expect(await findDraft(ledger, 'draft-2')).toBeUndefined();
    });

    it('waits with the others, the oldest first and so many at most, until it is closed', async () => {
      const later = ['c', 'a'].map((id) => aDraft(id, { draftedAt: TEN }));
      for (const draft of [...later, aDraft('b'), aDraft('d'), aDraft('e')]) await enterDraft(ledger, draft);
      const waiting = async (most: number) => (await openDrafts(ledger, most)).map(({ draftId }) => draftId);
      expect([await waiting(9), await waiting(3)]).toEqual([
        ['b', 'd', 'e', 'a', 'c'],
        ['b', 'd', 'e'],
      ]);
      await close('d', 'APPROVED', 'act-1');
      await close('b', 'WITHDRAWN', null);
      expect(await waiting(9)).toEqual(['e', 'a', 'c']);
    });

    it('keeps who closed it, when, and what act it became; and what was drafted stays', async () => {
      await enterDraft(ledger, aDraft('draft-1'));
      await close('draft-1', 'APPROVED', 'act-1');
      expect(await findDraft(ledger, 'draft-1')).toEqual(aDraft('draft-1', { state: 'APPROVED' }));
      const row = await ledger.selectFrom('draft').selectAll().executeTakeFirst();
      expect(row).toMatchObject({ closed_by: 'operator-2', closed_at: TEN.toISOString(), act_id: 'act-1' });
    });
  });

  describe('a move-out certificate', () => {
    const deleted = [1, 2].map((nth) =>
      aMember(nth, '子', { deletedOn: '2016-06-30', deletionReason: 'MOVE_OUT', changeVersion: 10 + nth }),
    );
    const [first = aMember(1, '子'), second = aMember(2, '子')] = deleted;
    const paper = { number: 'N-1', payload: '{"a":"髙"}.signature', paper: '転出証明書\n髙橋 葛\u{E0100}' };
    const enter = (certificate: typeof paper, records: typeof deleted) =>
      ledger.transaction().execute((trx) => enterCertificate(trx, certificate, { actId: 'act-1', records }));

    it('can be handed out again as it was, for each whom it certifies', async () => {
      await enter(paper, deleted);
      expect(await Promise.all(deleted.map((record) => certificateOf(ledger, record)))).toEqual([paper, paper]);
    });

    it('is of one deletion: who was restored and moves out again has another one', async () => {
      await enter(paper, [first]);
      const again = { ...first, changeVersion: 13 };
      expect(await certificateOf(ledger, again)).toBeUndefined();
      await enter({ ...paper, number: 'N-2' }, [again]);
      expect([await certificateOf(ledger, first), await certificateOf(ledger, again)]).toEqual([
        ...[paper, { ...paper, number: 'N-2' }],
      ]);
      expect(await certificateOf(ledger, second)).toBeUndefined();
    });

    it('is one for one deletion: a second one is not kept at all', async () => {
      await enter(paper, [first]);
      await expect(enter({ ...paper, number: 'N-2' }, [second, first])).rejects.toThrow();
      expect(await certificateOf(ledger, second)).toBeUndefined();
      expect(await ledger.selectFrom('move_out_certificate').select('certificate_number').execute()).toHaveLength(1);
    });
  });

  describe('a notice of the family register', () => {
    const deceased = { name: '髙橋 𠮷子', birthDate: '1930-01-01', sex: 'FEMALE' as const };
    const child = { name: '文京 一', nameReading: 'ブンキョウ ハジメ', birthDate: '2016-05-20', sex: 'MALE' as const };
    const notices: FamilyRegisterNotice[] = [
      { noticeId: 'n-2', death: { deceased, diedOn: '2016-05-20' } },
      { noticeId: 'n-1', birth: { parent: { ...deceased, address: '春日1-16-21' }, child, relationship: '子' } },
    ];
    const [death = { noticeId: '' }, birth = { noticeId: '' }] = notices;
    const outgoing = (notice: FamilyRegisterNotice) => ({ notice, home: SHINJUKU, operator: 'operator-1' });
    const receive = (sender: string, content: string) =>
      ledger.transaction().execute((trx) => enterReceived(trx, { noticeId: 'n-1', sender, content, actId: 'act-1' }));

    it('waits as it was written, the oldest first, until home has answered it', async () => {
      await enterOutgoing(ledger, outgoing(birth), TEN);
      await enterOutgoing(ledger, outgoing(death), NINE);
      expect(await waitingNotices(ledger)).toEqual([outgoing(death), outgoing(birth)]);
      await noteAnswer(ledger, 'n-2', 'NOT_FOUND', TEN);
      expect(await waitingNotices(ledger)).toEqual([outgoing(birth)]);
      const rows = await ledger.selectFrom('outgoing_notice').selectAll().orderBy('notice_id').execute();
      expect(rows).toMatchObject([
        { notice_id: 'n-1', kind: 'BIRTH', answered_at: null, outcome: null },
        { notice_id: 'n-2', kind: 'DEATH', answered_at: TEN.toISOString(), outcome: 'NOT_FOUND' },
      ]);
    });

    it('is written down once under one id', async () => {
      await enterOutgoing(ledger, outgoing(birth), NINE);
      await expect(enterOutgoing(ledger, { ...outgoing(death), notice: birth }, TEN)).rejects.toThrow();
    });

    it('is known by its id once it was received, with who sent it and what it said', async () => {
      expect(await receivedNotice(ledger, 'n-1')).toBeUndefined();
      await receive(BUNKYO, JSON.stringify({ death }));
      await expect(receive(municipalityId('131156'), '{}')).rejects.toThrow();
      expect(await receivedNotice(ledger, 'n-1')).toEqual({ sender: BUNKYO, content: JSON.stringify({ death }) });
    });
  });
});
