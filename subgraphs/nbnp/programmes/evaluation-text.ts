import type { EntityManager } from 'typeorm';
import { EvaluationText } from '../entities/evaluation.entity.js';

/** The network’s part of an evaluation; empty, at version 0, before its first draft. */
export async function findEvaluationText(
  manager: EntityManager,
  programmeId: string,
): Promise<EvaluationText> {
  const text = await manager.findOneBy(EvaluationText, { programmeId });
  return text ?? { programmeId, summary: null, findings: [], recommendations: [], version: 0 };
}

/** Writes the next version of the network’s part of an evaluation. */
export async function writeEvaluationText(
  manager: EntityManager,
  text: EvaluationText,
  change: Partial<EvaluationText> = {},
): Promise<void> {
  const next = Object.assign(text, change, { version: text.version + 1 });
  await manager.upsert(EvaluationText, next, ['programmeId']);
}
