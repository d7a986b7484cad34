import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageFolder } from '../../registry/package-folder.js';

const coordinate = z.string().regex(/^\w+\.\w+$/, 'is no Type.field');
const fieldName = z.string().regex(/^\w+$/);

const schema = z.strictObject({
  /** The organisation that may read what the doctor walks. */
  reader: z.string(),
  /** Fields of plain ids, which a schema does not type: where each leads. */
  plain: z.record(coordinate, z.string()),
  /** Fields that show again what others show. */
  repeats: z.array(coordinate),
  /** References whose other end has to refer back: `by` is a path of fields from there to the id of this end. */
  answers: z.array(z.strictObject({ field: coordinate, type: z.string(), by: z.string() })),
  /** Fields of several owners that cannot all be set while the others are not. */
  contradictions: z.array(
    z.strictObject({
      type: z.string(),
      set: z.array(fieldName).min(1),
      unset: z.array(fieldName),
    }),
  ),
});

/** What the contracts do not say of their references: `references.json`. */
export type KnownReferences = z.output<typeof schema>;

export const readKnownReferences = (
  file = join(packageFolder, 'cli', 'doctor', 'references.json'),
): KnownReferences => schema.parse(JSON.parse(readFileSync(file, 'utf8')));
