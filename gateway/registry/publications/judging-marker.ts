import { replaceFile } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { z } from 'zod';

const markSchema = z.strictObject({ schema: z.string(), tries: z.int() });

/** Remembers which schema is being judged, so that one that never lets the judgement end is found. */
export interface JudgingMarker {
  begin(schema: string): Promise<void>;
  end(): Promise<void>;
  /** True if this process was ended more than once while it judged this schema. */
  isEndless(schema: string): boolean;
}

/** Once, the machine may have been the cause. */
const mostTries = 2;

function readMark(path: string): z.infer<typeof markSchema> | undefined {
  try {
    return markSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // There is none, or it says nothing.
    return undefined;
  }
}

/** Keeps the mark in a file: whatever ends this process, the next one finds it. */
export function createJudgingMarker(path: string): JudgingMarker {
  const left = readMark(path);
  const isLeft = (schema: string) => left?.schema === schema;
  return {
    begin(schema) {
      const tries = (isLeft(schema) ? (left?.tries ?? 0) : 0) + 1;
      // Without a mark, a schema is judged all the same.
      return replaceFile(path, JSON.stringify({ schema, tries })).catch(() => undefined);
    },
    end: () => rm(path, { force: true }).catch(() => undefined),
    isEndless: (schema) => isLeft(schema) && (left?.tries ?? 0) >= mostTries,
  };
}
