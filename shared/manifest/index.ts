export { ManifestError, type ManifestCode } from './manifest-error.js';
export {
  consentSchema,
  maintenanceSchema,
  manifestPath,
  mostManifestBytes,
  mostSchemaCharacters,
  noticesAddressSchema,
  type Consent,
  type MaintenanceWindow,
  type Manifest,
} from './manifest.js';
export type { PublicationSettings } from './publication-settings.js';
export {
  createRefreshVerifier,
  refreshPath,
  signRefresh,
  type RefreshVerifierOptions,
  type SignRefreshOptions,
} from './refresh.js';
export { signManifest } from './sign-manifest.js';
export { verifyManifest, type VerifyManifestOptions } from './verify-manifest.js';
