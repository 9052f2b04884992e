import { describe, expect, it } from '@jest/globals';
import { SigningNetwork } from '../../../../test/support/signing-office.js';
import { showingBytes } from '../domain/head.js';
import { checkpointText } from './checkpoint.js';
import { type Contradiction, contradictionText, contradicts, readContradiction } from './contradiction.js';

const [BUNKYO, SHINJUKU, TOKYO] = ['municipality/131059', 'municipality/131041', 'prefecture/130001'];
const AT = new Date('2016-05-27T10:00:00+09:00');

const network = new SigningNetwork();
const bunkyo = network.signs(BUNKYO);
/** Who believes neither office. */
const judge = network.signs('national');

interface Drawn {
  size: number;
  fill: number;
}

const textOf = ({ size, fill }: Drawn, office = BUNKYO) =>
  checkpointText({ origin: `juki-net/${office}`, size, root: Buffer.alloc(32, fill), logKey: Buffer.alloc(33, 2) });

/** Bunkyo had shown one checkpoint, and shows Tokyo another, from a size. */
async function evidence(kept: Drawn, shown: Drawn, { fromSize = kept.size, by = bunkyo } = {}): Promise<Contradiction> {
  const text = textOf(shown);
  const showing = { witness: TOKYO, text, fromSize, proof: [], shownAt: AT.getTime() };
  const { signature } = await by.sign(showingBytes(showing), AT);
  return {
    ...{ office: BUNKYO, witness: TOKYO, why: 'SHORTER', exchange: 'exchange-1', foundAt: AT },
    kept: by.signNote(textOf(kept), `juki-net/${BUNKYO}`),
    shown: { ...showing, checkpoint: by.signNote(text, `juki-net/${BUNKYO}`), signature },
  };
}

const [LONG, SHORT, OTHER] = [
  { size: 12, fill: 1 },
  { size: 7, fill: 2 },
  { size: 12, fill: 3 },
];

describe('Evidence that a log contradicts itself', () => {
  it.each([
    ['a shorter log, shown by an office that knew what was seen', LONG, SHORT, 'SHORTER'],
    ['another root of the same size', LONG, OTHER, 'OTHER_ROOT'],
    ['a longer one with a proof that fails', SHORT, LONG, 'DOES_NOT_GO_ON'],
  ])('shows to somebody who believes neither office: %s', async (_what, kept, shown, why) => {
    expect(await contradicts(await evidence(kept, shown), judge)).toEqual({ verdict: 'CONTRADICTS', why });
  });

  it('is read again as it was written', async () => {
    const found = await evidence(LONG, SHORT);
    const read = readContradiction(contradictionText(found));
    expect(contradictionText(read)).toBe(contradictionText(found));
    expect(await contradicts(read, judge)).toEqual({ verdict: 'CONTRADICTS', why: 'SHORTER' });
  });

  it.each([
    ['an older head, shown before what was kept', LONG, SHORT, { fromSize: 3 }],
    ['the same twice', LONG, LONG, {}],
  ])('shows nothing where one log can have shown both: %s', async (_what, kept, shown, more) => {
    expect(await contradicts(await evidence(kept, shown, more), judge)).toEqual({ verdict: 'CONSISTENT' });
  });

  const none = (because: string) => ({ verdict: 'NO_EVIDENCE', because });

  it('is none that another office has made up', async () => {
    const forged = await evidence(LONG, SHORT, { by: network.signs(SHINJUKU) });
    const honest = await evidence(LONG, SHORT);
    expect(await contradicts({ ...honest, kept: forged.kept }, judge)).toEqual(none('KEPT_IS_NOT_SIGNED'));
    const checkpoint = forged.shown.checkpoint;
    const otherShown = { ...honest, shown: { ...honest.shown, checkpoint } };
    expect(await contradicts(otherShown, judge)).toEqual(none('SHOWN_IS_NOT_SIGNED'));
  });

  it('is none where the witness has changed what was shown to it: from which size, when, to whom', async () => {
    const late = await evidence(LONG, SHORT, { fromSize: 3 });
    for (const more of [{ fromSize: 12 }, { shownAt: AT.getTime() + 1 }, { proof: [Buffer.alloc(32)] }]) {
      const tampered = { ...late, shown: { ...late.shown, ...more } };
      expect(await contradicts(tampered, judge)).toEqual(none('SHOWING_IS_NOT_SIGNED'));
    }
    expect(await contradicts({ ...late, witness: SHINJUKU }, judge)).toEqual(none('SHOWING_IS_NOT_SIGNED'));
  });

  it('is none where the checkpoint is of another office’s log', async () => {
    const found = await evidence(LONG, SHORT);
    const kept = bunkyo.signNote(textOf(LONG, SHINJUKU), `juki-net/${BUNKYO}`);
    expect(await contradicts({ ...found, kept }, judge)).toEqual(none('KEPT_IS_NOT_SIGNED'));
  });

  it.each(['', '{}', '[]', '{"kind":"juki-contradiction/2"}'])('is not read out of %j', (text) => {
    expect(() => readContradiction(text)).toThrow();
  });
});
