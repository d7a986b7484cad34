import { z } from 'zod';
import { retentionSchema, type Retention } from './retention.js';

/** The path, beside that of GraphQL, at which a partner’s server publishes its manifest. */
export const manifestPath = '/.well-known/hub-manifest.json';
/** The type in the header of a manifest’s signature. So no token can pass for a manifest. */
export const manifestType = 'hub-manifest+jwt';
/** Of the published file. */
export const mostManifestBytes = 1_000_000;
/** Of the schema in a manifest. */
const mostSchemaCharacters = 400_000;

/** Of a statement of conformance, a text that an operator copies. */
export const mostConformanceCharacters = 20_000;

/** A week: older facts of an unavailable partner are not shown. */
const mostLastGoodSeconds = 604_800;

/** An instant in UTC, in seconds or finer: `2026-11-26T18:00:00Z`. */
const instant = z.iso.datetime();

/** One announced window. */
export const maintenanceSchema = z
  .strictObject({ from: instant, to: instant, message: z.string().min(1).max(500) })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), '`to` must be later than `from`');

const partnerCode = z.string().regex(/^[a-z][a-z0-9-]{1,31}$/, 'must be a partner’s code');

/** One consent. */
export const consentSchema = z.strictObject({
  to: partnerCode,
  rule: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'must be the name of a rule'),
  element: z.string().regex(/^@?[\w.(:)@]{1,200}$/, 'must be a schema coordinate'),
});

/** The signature of a request covers its path. So an address has nothing after it. */
export const noticesAddressSchema = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .max(2_000)
  .refine(
    (address) => /^https?:\/\/[^?#@]+$/.test(address),
    'must have no user, query or fragment',
  );

/** The only form of a manifest: unknown keys are refused, so that nobody relies on ignored ones. */
export const manifestSchema = z.strictObject({
  form: z.literal(1),
  issuer: partnerCode,
  subgraph: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'must be the name of a contract'),
  endpoint: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2_000),
  contact: z.email().max(320),
  sequence: z.int().positive(),
  issuedAt: instant,
  schemaVersion: z.string().regex(/^[!-~]{1,64}$/, 'must be 1 to 64 characters without spaces'),
  schema: z.string().min(1).max(mostSchemaCharacters),
  maintenance: z.array(maintenanceSchema).max(100),
  lastGoodFor: z.int().min(0).max(mostLastGoodSeconds),
  consents: z.array(consentSchema).max(1_000),
  conformance: z.string().min(1).max(mostConformanceCharacters).nullable(),
  notices: noticesAddressSchema.optional(),
  retention: retentionSchema.optional(),
});

/** A time in which the partner is not available, announced by itself. */
export type MaintenanceWindow = Readonly<z.output<typeof maintenanceSchema>>;

/** What the partner, as the owner of an element, lets another partner’s schema do with it. */
export type Consent = Readonly<z.output<typeof consentSchema>>;

/** What a partner serves, as it says itself. */
export interface Manifest {
  /** The form of this object. */
  readonly form: 1;
  /** The partner’s code. */
  readonly issuer: string;
  /** The contract that it serves. */
  readonly subgraph: string;
  /** The URL of its GraphQL endpoint. The hub still calls the URL of the network file. */
  readonly endpoint: string;
  /** An e-mail address of a function, not of a person. */
  readonly contact: string;
  /** Never falls, and rises with each change. The hub refuses a lower one than before. */
  readonly sequence: number;
  /** When it was signed. */
  readonly issuedAt: string;
  /** The partner’s own name for the version of its schema. */
  readonly schemaVersion: string;
  /** The SDL that its server serves. */
  readonly schema: string;
  readonly maintenance: readonly MaintenanceWindow[];
  /** How many seconds its last known facts may be shown while it is unavailable. 0: never. */
  readonly lastGoodFor: number;
  readonly consents: readonly Consent[];
  /** The statement of a check, signed by the hub. */
  readonly conformance: string | null;
  /**
   * The URL to which the hub posts notices for the owner. A hub of an earlier version refuses a
   * manifest that has it. @default it posts none
   */
  readonly notices?: string | undefined;
  /**
   * The kinds of personal data that it keeps for another time than usual, and for how many days. A
   * hub of an earlier version refuses a manifest that has it. @default the usual days
   */
  readonly retention?: Partial<Retention> | undefined;
}
