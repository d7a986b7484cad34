import { notFound } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { EvaluationText } from '../entities/evaluation-text.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';

/**
 * Asks NBNP for a programme.
 * @throws HubError `NOT_FOUND` `PARTNER_…`
 */
export async function askProgramme<Programme>(
  { askHub }: PartnerContext,
  id: string,
  selection: string,
): Promise<Programme> {
  const { programme } = await askHub(
    `query ProgrammeForEvaluation($id: ID!) { programme(id: $id) { ${selection} } }`,
    { id },
  );
  return (programme as Programme | null) ?? notFound('input.programme');
}

/** The day on which the offices signed; null without a signature. */
export async function findSignature(
  manager: EntityManager,
  programmeId: string,
): Promise<string | null> {
  // PostgreSQL refuses a text with NUL.
  if (programmeId.includes('\0')) return null;
  return (await manager.findOneBy(ProgrammeSignature, { programmeId }))?.signedOn ?? null;
}

/** The offices’ part of an evaluation; empty, at version 0, before its first draft. */
export async function findDraft(
  manager: EntityManager,
  programmeId: string,
): Promise<EvaluationText> {
  // PostgreSQL refuses a text with NUL.
  const known = programmeId.includes('\0')
    ? null
    : await manager.findOneBy(EvaluationText, { programmeId });
  return known ?? { programmeId, summary: '', findings: [], recommendations: [], version: 0 };
}
