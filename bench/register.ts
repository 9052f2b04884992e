import { municipalityId } from '#core/domain/office.js';
import { calendarDateMessage } from '#core/wire/calendar-date-message.js';
import { AcceptChangeOfAddress, CheckHealth, SearchResidentRecords } from '#scripts/operator/procedures.js';
import type { SeededMunicipality } from '#scripts/seed/residents.js';
import { AT_ONCE, rate, withDemoNetwork } from './demo-network.js';
import type { Figure } from './figure.js';

const BUNKYO = municipalityId('131059');
const ADDRESSES = ['東京都文京区春日一丁目16番21号', '東京都文京区本郷七丁目3番1号'];

/** Notifications and searches a second at one municipality, against bare calls over the same kind of line. */
export function measureRegister(folder: string): Promise<Figure[]> {
  return withDemoNetwork(folder, { name: 'register' }, async (visit, people) => {
    const operator = visit.operatorOf(BUNKYO);
    const movers = householders(people);
    const moves = new Map<number, number>();
    const move = (worker: number) => {
      const { members, name } = movers[worker % movers.length] ?? { members: [], name: '' };
      const nth = moves.get(worker) ?? 0;
      moves.set(worker, nth + 1);
      return operator.ask(AcceptChangeOfAddress, {
        notifier: { photoId: { kind: 'PHOTO_ID_KIND_PASSPORT', expiresOn: { year: 2020, month: 1, day: 1 }, name } },
        ...{ movedOn: calendarDateMessage('2016-05-27'), address: ADDRESSES[nth % 2] ?? '', movers: members },
      });
    };
    const search = (worker: number) =>
      operator.ask(SearchResidentRecords, {
        purpose: 'a measurement',
        name: movers[worker % movers.length]?.name ?? '',
      });
    const notifications = await rate(move);
    const searches = await rate(search);
    const calls = await rate(() => operator.ask(CheckHealth, {}));
    const figure = (name: string, what: string, measured: number): Figure => ({
      ...{ name, what: `${what}, ${AT_ONCE} at once`, measured, unit: 'a second' },
      against: { value: calls, what: 'health checks over mutual TLS' },
    });
    return [
      figure('changes_of_address_per_second', 'changes of address taken at one municipality', notifications),
      figure('searches_per_second', 'searches of its register, each logged', searches),
    ];
  });
}

/** A household for each worker, so that none waits for another's move. */
function householders(people: SeededMunicipality[]): { name: string; members: string[] }[] {
  const records = people.find(({ municipality }) => municipality === '131059')?.records ?? [];
  const active = records.filter(({ deletedOn }) => deletedOn === null);
  return [...Map.groupBy(active, ({ householdId }) => householdId).values()]
    .map((members) => ({
      name: members.find(({ relationship }) => relationship === '世帯主')?.name ?? '',
      members: members.map(({ residentRecordCode }) => residentRecordCode),
    }))
    .slice(0, AT_ONCE);
}
