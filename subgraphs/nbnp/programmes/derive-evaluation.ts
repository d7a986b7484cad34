import { networkCode, officesCode } from '@hub/shared/vocabulary';
import type {
  Evaluation,
  EvaluationSignature,
  Programme,
  SignOff,
} from '../entities/programme.entity.js';

type OfficeSignature = Pick<Programme, 'officeSignedOn' | 'officeSignatureCount'>;

/**
 * The evaluation with its signatures so far; null without any. While the offices are unavailable it
 * has our own signature, and completeness is unknown.
 */
export function deriveEvaluation(
  own: Pick<EvaluationSignature, 'summary' | 'signedOn'> | null,
  { officeSignedOn, officeSignatureCount }: OfficeSignature,
): Evaluation | null {
  if (!own && officeSignatureCount === 0) return null;
  const signOffs: SignOff[] = [];
  if (own) signOffs.push({ organisation: networkCode, signedOn: own.signedOn });
  if (officeSignedOn) signOffs.push({ organisation: officesCode, signedOn: officeSignedOn });
  return {
    summary: own?.summary ?? null,
    signOffs,
    complete: officeSignatureCount == null ? null : own !== null && officeSignatureCount > 0,
  };
}
