import { codes } from '@hub/shared/policy';
import type {
  Evaluation,
  EvaluationSignature,
  EvaluationText,
  SignOff,
} from '../entities/evaluation.entity.js';
import type { Programme } from '../entities/programme.entity.js';
import { EvaluationStatus } from '../entities/vocabulary.js';

type Evaluated = Pick<Programme, 'isRehearsal' | 'officeSignedOn' | 'officeSignatureCount'>;

/** The network’s own part of an evaluation. */
interface OwnPart {
  readonly signature: Pick<EvaluationSignature, 'signedOn'> | null;
  readonly text: Omit<EvaluationText, 'programmeId'> | null;
}

/**
 * The evaluation with its signatures so far; null without a draft or signature. While the offices
 * are unavailable it has our own part, and its status is unknown.
 */
export function deriveEvaluation(
  { signature, text }: OwnPart,
  { isRehearsal, officeSignedOn, officeSignatureCount }: Evaluated,
): Evaluation | null {
  if (!signature && !text && officeSignatureCount === 0) return null;
  const signOffs: SignOff[] = [];
  if (signature) signOffs.push({ organisation: codes.networkCode, signedOn: signature.signedOn });
  if (officeSignedOn) signOffs.push({ organisation: codes.officesCode, signedOn: officeSignedOn });
  const status = statusOf(signature !== null, officeSignatureCount);
  return {
    isRehearsal,
    summary: text?.summary ?? null,
    signOffs,
    complete: status && status === EvaluationStatus.COMPLETE,
    status,
    findings: text?.findings ?? [],
    recommendations: text?.recommendations ?? [],
    version: text?.version ?? 0,
  };
}

function statusOf(
  isSignedByNetwork: boolean,
  officeSignatureCount: number | null | undefined,
): EvaluationStatus | null {
  if (officeSignatureCount == null) return null;
  const isSignedByOffices = officeSignatureCount > 0;
  if (isSignedByNetwork)
    return isSignedByOffices ? EvaluationStatus.COMPLETE : EvaluationStatus.SIGNED_BY_NETWORK;
  return isSignedByOffices ? EvaluationStatus.SIGNED_BY_OFFICES : EvaluationStatus.DRAFT;
}
