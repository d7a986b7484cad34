import { hashForm } from '@hub/shared/system';
import { z } from 'zod';

const hash = z.string().regex(hashForm);

export const proposalSchema = z.strictObject({
  number: z.int().min(1),
  /** The name of the contract. */
  contract: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** The text of the next version. */
  sdl: z.string(),
  /** The descriptions of its elements, by schema coordinate. */
  descriptions: z.record(z.string(), z.string()).optional(),
  /** SHA-256 of the text. */
  hash,
  /** SHA-256 of the contract that it is to replace. */
  replaces: hash,
  proposedAt: z.iso.datetime(),
  /** What clients see of it. */
  changes: z.array(
    z.strictObject({
      kind: z.string(),
      severity: z.enum(['breaking', 'dangerous', 'safe']),
      element: z.string(),
      message: z.string(),
    }),
  ),
  /** Set once it has become the contract. */
  adoptedAt: z.iso.datetime().optional(),
});

/** The next version of a contract, which somebody has proposed. */
export type Proposal = z.infer<typeof proposalSchema>;
