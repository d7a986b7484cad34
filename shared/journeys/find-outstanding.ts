import {
  Outstanding,
  type FormalityFields,
  type ParticipantReportFields,
} from '../vocabulary/index.js';
import { countOpenFormalities } from './count-open-formalities.js';

/** What one person’s own side has recorded of her. */
interface RecordedOfPerson {
  /** False after erasure: nothing can be recorded any more. */
  readonly isNamed: boolean;
  readonly formalities: readonly FormalityFields[];
  readonly reports: readonly ParticipantReportFields[];
}

/** What a person’s own side still has to do for her and one group. */
export function findOutstanding(
  groupId: string,
  { isNamed, formalities, reports }: RecordedOfPerson,
): Outstanding[] {
  if (!isNamed) return [];
  const ofGroup = formalities.filter((one) => one.groupId === groupId);
  const open = countOpenFormalities(new Set(['person']), ofGroup, () => 'person');
  return [
    ...(open > 0 ? [Outstanding.FORMALITIES] : []),
    ...(reports.some((one) => one.groupId === groupId) ? [] : [Outstanding.REPORT]),
  ];
}
