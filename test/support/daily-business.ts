import type { OfficeId } from '#core/domain/office.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { withPassport } from './desk.js';
import { arrivingInShinjuku, codesOf, firstRecord, leavingForShinjuku, stranger, TODAY } from './notifications.js';
import {
  approve,
  birth,
  changeOfAddress,
  codeChange,
  death,
  draftAct,
  moveIn,
  moveOut,
  type PlainReceipt,
} from './questions.js';
import { RegisterDesk } from './register-desk.js';
import type { TestNetwork } from './test-network.js';

/** Whoever a notification is about: what a counter has to know of them. */
type Resident = Pick<ResidentRecord, 'name' | 'birthDate' | 'sex' | 'residentRecordCode' | 'relationship'>;

/** What happens at a counter every day, as far as the offices above hear of it. Dates are the day on which tests begin. */
export class DailyBusiness {
  private readonly desk: RegisterDesk;
  private readonly second: RegisterDesk;

  constructor(network: TestNetwork, office: OfficeId) {
    this.desk = new RegisterDesk(network, office);
    this.second = new RegisterDesk(network, office, 'gRPC', SECOND_OPERATOR);
  }

  /** @returns the newcomer's code */
  async enter(name: string): Promise<string> {
    return codeIn((await this.desk.ask(moveIn, firstRecord(name))).receipt);
  }

  /** @returns the child's code */
  async bear({ name, birthDate, sex }: Resident): Promise<string> {
    const report = { parent: { name, birthDate, sex }, child: stranger('誕生 はじめ', { birthDate: '2016-05-20' }) };
    return codeIn((await this.desk.ask(birth, { birth: report })).receipt);
  }

  async bury({ name, birthDate, sex }: Resident): Promise<void> {
    await this.desk.ask(death, { death: { deceased: { name, birthDate, sex }, diedOn: '2016-05-25' } });
  }

  async rehouse(resident: Resident, address: string): Promise<void> {
    const moving = { notifier: withPassport(resident), movedOn: TODAY, address, movers: codesOf([resident]) };
    await this.desk.ask(changeOfAddress, moving);
  }

  /** @returns the receipt, with the move-out certificate */
  async leaveForShinjuku(resident: Resident, more: object = {}): Promise<PlainReceipt> {
    return (await this.desk.ask(moveOut, leavingForShinjuku([resident], more))).receipt;
  }

  async arriveInShinjuku(resident: Resident, leaving: PlainReceipt): Promise<void> {
    const alone = { ...resident, relationship: '世帯主' };
    await this.desk.ask(moveIn, arrivingInShinjuku([alone], leaving));
  }

  /** @returns the new code */
  async changeCode({ name, residentRecordCode }: Resident): Promise<string> {
    const asking = { notifier: withPassport({ name }), residentRecordCode };
    return codeIn((await this.desk.ask(codeChange, asking)).receipt);
  }

  /** Does an ex-officio act, with both its operators. @returns the codes of those it wrote */
  async exOfficio(act: object): Promise<string[]> {
    const { draftId } = await this.desk.ask(draftAct, { act, grounds: '実態調査の結果による' });
    return (await this.second.ask(approve, { draftId })).receipt.residentRecordCodes;
  }
}

function codeIn(receipt: PlainReceipt | undefined): string {
  const [code] = receipt?.residentRecordCodes ?? [];
  if (code === undefined) throw new Error('the receipt names nobody');
  return code;
}
