import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { childOf, isRelationship, isSpouse, sexOf } from './relationship.js';

const STEPS = ['夫', '妻', '子', '父', '母', '兄', '弟', '姉', '妹', '夫(未届)', '妻(未届)'];
const paths = (maxLength: number) =>
  fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength }).map((steps) => steps.join('の'));

describe('A relationship (続柄)', () => {
  it.each(['世帯主', '縁故者', '同居人', ...STEPS])('is %s', (text) => expect(isRelationship(text)).toBe(true));

  it.each(['子の子', '妻の母', '子の妻', '妻の子', '弟の妻(未届)', '妻の母の妹', '母の弟の子の妻'])(
    'is a path from the householder: %s',
    (text) => expect(isRelationship(text)).toBe(true),
  );

  it('is any path of one to five steps', () => {
    fc.assert(fc.property(paths(5), isRelationship));
  });

  it.each(['長男', '二女', '長女の子', '養子', '孫', '祖母', '子の長男'])(
    'is not %s: children are 子, and whoever is further away is a path',
    (text) => expect(isRelationship(text)).toBe(false),
  );

  it.each(['', 'の', '子の', 'の子', '子のの子', '子 の 子', ' 子', '子\n', '子子', '妻（未届）', '未届', 'wife'])(
    'is not %j, which is no path',
    (text) => expect(isRelationship(text)).toBe(false),
  );

  it.each(['世帯主の子', '子の世帯主', '同居人の子', '子の同居人', '縁故者の妻'])(
    'is not %s: householder, relatives and lodgers stand alone',
    (text) => expect(isRelationship(text)).toBe(false),
  );

  it('is not a path of six steps', () => {
    expect(isRelationship('子の子の子の子の子')).toBe(true);
    expect(isRelationship('子の子の子の子の子の子')).toBe(false);
  });
});

describe('The sex that a relationship states', () => {
  it.each(['妻', '母', '姉', '妹', '妻(未届)', '子の妻', '夫の母', '父の妹'])('is female for %s', (path) => {
    expect(sexOf(path)).toBe('FEMALE');
  });

  it.each(['夫', '父', '兄', '弟', '夫(未届)', '子の夫', '妻の父', '母の弟'])('is male for %s', (path) => {
    expect(sexOf(path)).toBe('MALE');
  });

  it.each(['世帯主', '子', '妻の子', '母の子', '縁故者', '同居人'])('is none for %s', (path) => {
    expect(sexOf(path)).toBeUndefined();
  });

  it('is that of its last step alone', () => {
    fc.assert(
      fc.property(paths(4), fc.constantFrom(...STEPS), (path, last) => sexOf(`${path}の${last}`) === sexOf(last)),
    );
  });
});

describe("The householder's own spouse", () => {
  it.each(['夫', '妻', '夫(未届)', '妻(未届)'])('is %s', (path) => expect(isSpouse(path)).toBe(true));

  it.each(['世帯主', '子の妻', '妻の母', '妻の夫', '弟の妻(未届)', '同居人'])('is not %s', (path) => {
    expect(isSpouse(path)).toBe(false);
  });
});

describe('A child that is born', () => {
  it.each(['世帯主', '夫', '妻'])('to %s is the child of the householder', (parent) => {
    expect(childOf(parent)).toBe('子');
  });

  it('to a spouse whose marriage is not notified is that spouse’s', () => {
    expect(childOf('妻(未届)')).toBe('妻(未届)の子');
    expect(childOf('夫(未届)')).toBe('夫(未届)の子');
  });

  it('to a child is the child of a child', () => {
    expect(childOf('子')).toBe('子の子');
    expect(childOf('妹')).toBe('妹の子');
  });

  it.each(['縁故者', '同居人'])('to a %s is one as well', (parent) => expect(childOf(parent)).toBe(parent));

  it('stands in a relationship, whoever of a path of up to four steps the parent is', () => {
    fc.assert(
      fc.property(paths(4), (parent) => isRelationship(childOf(parent)) && sexOf(childOf(parent)) === undefined),
    );
  });
});
