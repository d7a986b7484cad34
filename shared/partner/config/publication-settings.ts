import { resolve } from 'node:path';
import { z } from 'zod';
import { noticesAddressSchema } from '../../records/manifest/manifest.js';
import type { PublicationSettings } from '../../records/manifest/publication-settings.js';

/** The variables of a partner’s manifest. */
export const publicationVariables = {
  HUB_CONFORMANCE: z.string().optional(),
  HUB_CONSENTS: z.string().optional(),
  HUB_CONTACT: z.email().optional(),
  HUB_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  HUB_LAST_GOOD_SECONDS: z.coerce.number().int().min(0).max(604_800).default(0),
  HUB_MAINTENANCE: z.string().optional(),
  HUB_NOTICES_URL: z.string().pipe(noticesAddressSchema).optional(),
  HUB_SCHEMA_VERSION: z
    .string()
    .regex(/^[!-~]{1,64}$/, 'must be 1 to 64 characters without spaces')
    .optional(),
};

type Set = z.output<z.ZodObject<typeof publicationVariables>>;

/** The files of a partner’s manifest in a data folder. */
type LocalFiles = Pick<PublicationSettings, 'maintenanceFile' | 'conformanceFile'>;

/**
 * The settings of a partner’s manifest.
 * @param local where its files are by default
 */
export function readPublicationSettings(set: Set, local: LocalFiles): PublicationSettings {
  return {
    endpoint: set.HUB_ENDPOINT,
    contact: set.HUB_CONTACT,
    schemaVersion: set.HUB_SCHEMA_VERSION,
    notices: set.HUB_NOTICES_URL,
    lastGoodFor: set.HUB_LAST_GOOD_SECONDS,
    maintenanceFile: set.HUB_MAINTENANCE ? resolve(set.HUB_MAINTENANCE) : local.maintenanceFile,
    conformanceFile: set.HUB_CONFORMANCE ? resolve(set.HUB_CONFORMANCE) : local.conformanceFile,
    consentsFile: set.HUB_CONSENTS && resolve(set.HUB_CONSENTS),
  };
}

/** Where a partner of a data folder announces its maintenance, and has the statement of its check. */
export const localPublicationFiles = (
  dataFolder: string,
  partner: string,
): Required<LocalFiles> => ({
  maintenanceFile: resolve(dataFolder, 'maintenance', `${partner}.json`),
  conformanceFile: resolve(dataFolder, 'conformance', `${partner}.json`),
});
