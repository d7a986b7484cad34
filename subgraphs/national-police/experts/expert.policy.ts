import { coordinators, isOneOf, isOwnStaff, type Levels } from '@hub/shared/policy';
import { networkCode } from '@hub/shared/vocabulary';
import type { Expert } from '../entities/expert.entity.js';

/**
 * An expert is lent by its police and assigned by the network: those two read who it is. Who hosts a visit is not known
 * to be served by an expert to the expert’s own police.
 */
export const expertPolicy: Levels<Expert> = {
  identity: {
    readers: 'staff of this organisation; co-ordinators of `nbnp`',
    decide: (_expert, context) =>
      isOwnStaff(context) || isOneOf(context.reader, networkCode, coordinators),
  },
};
