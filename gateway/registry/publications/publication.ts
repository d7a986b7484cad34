import { retentionSchema } from '@hub/shared/records';
import { z } from 'zod';
import { conformanceSchema } from './conformance.js';

const instant = z.iso.datetime();
const window = z.strictObject({ from: instant, to: instant, message: z.string() });
const consent = z.strictObject({ to: z.string(), rule: z.string(), element: z.string() });

const reason = z.strictObject({
  /** A rule of the law, `syntax`, `breaks-contract`, `size`, `composition` or `load`. */
  rule: z.string(),
  /** The element and its line and column: `Group.title (14:3)`. */
  place: z.string(),
  message: z.string(),
  accepted: z.string(),
});

const publication = z.strictObject({
  sequence: z.int(),
  schemaVersion: z.string(),
  schema: z.string(),
  /** SHA-256 of the schema. */
  hash: z.string(),
});

export const stateSchema = z.strictObject({
  /** What the partner says beside its schema, in its newest manifest. */
  said: z
    .strictObject({
      sequence: z.int(),
      issuedAt: z.string(),
      endpoint: z.string(),
      contact: z.string(),
      maintenance: z.array(window),
      lastGoodFor: z.int(),
      consents: z.array(consent),
      /**
       * The statement of a check, verified when the manifest was taken. What an earlier version of
       * the hub noted, it had not verified.
       */
      conformance: conformanceSchema.extend({ statement: z.string() }).nullable().catch(null),
      /** The URL to which it wants notices. */
      notices: z.string().optional(),
      /** For how many days it keeps which personal data, where that is not usual. */
      retention: retentionSchema.optional(),
    })
    .optional(),
  /** The last schema that was accepted. Without one, the partner is asked by its contract. */
  accepted: publication
    .extend({
      /** Coordinates of the contract that the schema lacks. */
      lacks: z.array(z.string()),
      /** Coordinates beyond the contract. */
      adds: z.array(z.string()),
      /** What it was judged by. If that changes, it is judged again. */
      judgedBy: z.string(),
    })
    .optional(),
  /** A newer schema that was not accepted. */
  quarantined: publication
    .extend({ reasons: z.array(reason), since: instant, judgedBy: z.string() })
    .optional(),
  /** Why the last manifest that was fetched changed nothing. */
  fault: z.strictObject({ code: z.string(), message: z.string(), since: instant }).optional(),
});

/** A verified statement of a check, and the signed text. */
export type VerifiedConformance = NonNullable<NonNullable<PublicationState['said']>['conformance']>;

/** Why a published schema is not in the graph. */
export type Reason = z.infer<typeof reason>;
/** What the hub knows of a partner’s publications. */
export type PublicationState = z.infer<typeof stateSchema>;
/** A schema that a partner published. */
export type Publication = z.infer<typeof publication>;

const mostReasons = 5;

/** The reasons of a quarantine, for the partner’s engineers. */
export function describeReasons(reasons: readonly Reason[]): string {
  const texts = reasons
    .slice(0, mostReasons)
    .map(({ rule, place, message, accepted }) => `[${rule}] at ${place}: ${message} ${accepted}`);
  const more = reasons.length - texts.length;
  return [...texts, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n');
}
