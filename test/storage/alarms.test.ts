import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import { AlarmRaiser } from '#core/audit/raise-alarms.js';
import { createLogger } from '#core/logger.js';
import { openAlarms } from '#core/storage/alarms.js';
import { putHoldings } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import { enterOperator } from '#core/storage/operators.js';
import type { CoreTables } from '#core/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO } from '../support/offices.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

const OWN = { name: '髙橋 花子', address: '東京都文京区春日一丁目16番21号' };
const [CHILD, NEIGHBOUR] = ['24727059608', '70935378191'];
const LOOK = '/juki.register.v1.RegisterService/GetResidentRecord';
const OPERATOR = { name: 'operator-1', role: 'CLERK' as const, passwordHash: '$argon2id$1', card: 'a'.repeat(64) };

describeOnEveryDatabase('The alarms of an office', (fresh) => {
  let ledger: Kysely<CoreTables>;
  let audit: AuditLog;
  let raiser: AlarmRaiser;
  let lines: string[];
  let waiting: (() => void)[];

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
    const clock = new SetClock(FRIDAY_MORNING);
    [lines, waiting] = [[], []];
    audit = new AuditLog(ledger, clock);
    raiser = new AlarmRaiser({
      ...{ office: BUNKYO, ledger, audit, clock, newId: randomUUID, randomBytes },
      logger: createLogger(BUNKYO, 'trace', { write: (line) => void lines.push(line) }),
      later: (act) => {
        waiting.push(act);
        return () => {};
      },
    });
    await enterOperator(ledger, { ...OPERATOR, own: OWN });
    await ledger
      .transaction()
      .execute((trx) =>
        putHoldings(trx, [holding(CHILD, '高橋　太郎', OWN.address), holding(NEIGHBOUR, '鈴木 一郎', OWN.address)]),
      );
  });
  afterEach(async () => {
    await raiser.stop();
    await ledger.destroy();
  });

  const holding = (residentRecordCode: string, name: string, address: string) => ({
    identification: { residentRecordCode, name, address, birthDate: '2001-01-01', sex: 'MALE' as const },
    ...{ standing: 'ACTIVE' as const, version: 1, municipality: '131059', successor: null },
  });
  const see = async (concerns: string[], differing: { procedure?: string; operator?: string } = {}) => {
    const { procedure = LOOK, operator = OPERATOR.name } = differing;
    await audit.append({
      ...{ event: 'ANSWERED', procedure, exchange: randomUUID(), nonce: '0'.repeat(32), operator, concerns },
      ...{ caller: `juki://${BUNKYO}/operator/${operator}`, answering: BUNKYO, purpose: '照会', outcome: 'OK' },
      ...{ request: null, answer: null },
    });
    await raiser.settled();
  };
  const raised = async () =>
    (await openAlarms(ledger, 10)).map(({ pattern, operator, person }) => ({ pattern, operator, person }));
  const FAMILY = { pattern: 'OWN_FAMILY', operator: OPERATOR.name, person: CHILD };

  it('are raised where the ledger has the operator’s own family name at the own address, and not for a neighbour', async () => {
    await see([NEIGHBOUR]);
    expect(await raised()).toEqual([]);
    await see([NEIGHBOUR, CHILD]);
    await see([CHILD]);
    expect(await raised()).toEqual([FAMILY]);
    for (const text of [OWN.name, '高橋', OWN.address, CHILD]) expect(lines.join()).not.toContain(text);
  });

  it('are raised for what is done for them too, and not by lists, nor of operators whose family nobody knows', async () => {
    await enterOperator(ledger, { ...OPERATOR, name: 'operator-2' });
    await see([CHILD], { operator: 'operator-2' });
    await see([CHILD], { operator: 'operator-3' });
    await see([CHILD], { procedure: '/juki.audit.v1.AlarmService/ListAlarms' });
    // A resident, with their own card, at a terminal that shows this operator's certificate.
    await see([CHILD], { procedure: 'POST /self-service/access-reports' });
    expect(await raised()).toEqual([]);
    await see([CHILD], { procedure: 'POST /copies' });
    expect(await raised()).toEqual([FAMILY]);
  });

  it('are raised for whom another office’s answer shows', async () => {
    const caller = { kind: 'operator' as const, office: BUNKYO, name: OPERATOR.name };
    raiser.noteShown({ caller }, [{ name: '佐藤 一', address: OWN.address }, OWN]);
    await raiser.settled();
    expect(await raised()).toEqual([{ ...FAMILY, person: null }]);
  });

  it('are in the error log while they can not be entered, and are entered once they can', async () => {
    await ledger.schema.alterTable('alarm').renameTo('alarm_away').execute();
    await see([CHILD]);
    const failed = lines.filter((line) => line.includes('could not be raised')).map((line) => JSON.parse(line));
    expect(failed).toMatchObject([{ pattern: 'OWN_FAMILY', operator: OPERATOR.name }]);
    for (const again of waiting.splice(0)) again();
    await raiser.settled();
    expect(lines.filter((line) => line.includes('could not be raised'))).toHaveLength(2);
    await ledger.schema.alterTable('alarm_away').renameTo('alarm').execute();
    for (const again of waiting.splice(0)) again();
    await raiser.settled();
    expect(await raised()).toEqual([FAMILY]);
    expect(waiting).toEqual([]);
  });
});
