import { describe, expect, it } from '@jest/globals';
import type { Leaf } from '#core/audit/entry.js';
import { provisionOf } from '#core/domain/provision/provision.js';
import { aLeaf } from '../../test/support/leaves.js';
import { faultInProvision } from './verify-provision.js';

const V1 = '/juki.provision.v1';
const cited = { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT' } as const;
const provision = provisionOf(cited, ['NAME', 'NO_CHANGE']);
const subjects = ['aa', 'bb'];
const batch: Partial<Leaf> = { event: 'RECORDED', procedure: 'provision/BATCH', subjects, provision };
const immediate: Partial<Leaf> = { procedure: `${V1}.AgencyProvisionService/ProvideToAgency`, subjects, provision };
const faultIn = (leaf: Partial<Leaf>) => faultInProvision(aLeaf(leaf));

describe('What an entry says of a provision', () => {
  it.each<[string, Partial<Leaf>]>([
    ['of a batch', batch],
    ['at once', immediate],
    ['at once about nobody', { ...immediate, subjects: [], provision: provisionOf(cited, []) }],
    ['by a governor', { ...immediate, procedure: `${V1}.GovernorProvisionService/ProvideToMayor` }],
    ['to the governor’s own operator', { ...immediate, procedure: 'POST /provisions' }],
    ['that was refused', { procedure: immediate.procedure, outcome: 'PURPOSE_NOT_ALLOWED', subjects } as Partial<Leaf>],
    ['that was only handed on', { procedure: `${V1}.GovernorProvisionService/ProvideToMayor`, subjects }],
    ['of a stream, whose people have entries of their own', { procedure: `${V1}.BatchProvisionService/ProvideBatch` }],
    ['that is none', { subjects }],
  ])('fits where it is one %s', (_what, leaf) => expect(faultIn(leaf)).toBeUndefined());

  it.each<[string, Partial<Leaf>, string]>([
    ['says nothing of its people', { ...batch, provision: undefined }, 'PROVISION_MISSING'],
    ['says nothing of its person', { ...immediate, provision: undefined }, 'PROVISION_MISSING'],
    ['names one more', { ...batch, subjects: ['aa', 'bb', 'cc'] }, 'PROVISION_OF_OTHERS'],
    ['names one fewer', { ...batch, subjects: ['aa'] }, 'PROVISION_OF_OTHERS'],
    [
      'says it in other words',
      { ...batch, provision: provisionOf(cited, ['NAME', 'PHOTO']) },
      'PROVISION_IN_OTHER_WORDS',
    ],
    ['was refused', { ...immediate, outcome: 'PURPOSE_NOT_ALLOWED' }, 'PROVISION_NOT_DUE'],
    ['is of something else', { subjects, provision }, 'PROVISION_NOT_DUE'],
    ['is the question', { ...immediate, event: 'ASKED', outcome: null }, 'PROVISION_NOT_DUE'],
    [
      'is of a copy',
      { procedure: '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData', subjects, provision },
      'PROVISION_NOT_DUE',
    ],
  ])('is wrong where the entry %s', (_what, leaf, wrong) => expect(faultIn(leaf)).toBe(wrong));
});
