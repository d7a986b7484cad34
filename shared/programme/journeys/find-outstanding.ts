import { Outstanding } from '../vocabulary/enums.js';
import type { FormalityFields } from '../vocabulary/formality.type.js';
import type { ParticipantReportFields } from '../vocabulary/participant-report.type.js';
import { countOpenFormalities } from './count-open-formalities.js';

/** What one person’s own side has recorded of her. */
interface RecordedOfPerson {
  /** False after erasure: nothing can be recorded any more. */
  readonly isNamed: boolean;
  readonly formalities: readonly FormalityFields[];
  readonly reports: readonly ParticipantReportFields[];
  /** False for somebody who travels on no visit of the group: she owes no report. */
  travels(): Promise<boolean>;
}

/**
 * What a person’s own side still has to do for her and one group. The network is asked only if her
 * report is missing.
 * @throws HubError `PARTNER_…`
 */
export async function findOutstanding(
  groupId: string,
  { isNamed, formalities, reports, travels }: RecordedOfPerson,
): Promise<Outstanding[]> {
  if (!isNamed) return [];
  const ofGroup = formalities.filter((one) => one.groupId === groupId);
  const open = countOpenFormalities(new Set(['person']), ofGroup, () => 'person');
  const owesReport = !reports.some((one) => one.groupId === groupId) && (await travels());
  return [
    ...(open > 0 ? [Outstanding.FORMALITIES] : []),
    ...(owesReport ? [Outstanding.REPORT] : []),
  ];
}
