export { CreatePublishedManifest1764000007000 } from './create-published-manifest.migration.js';
export { createPublication, type Publication, type Publisher } from './publication.js';
export { PublishedManifest } from './published-manifest.entity.js';
export { refreshHub } from './refresh-hub.js';
export { registerManifest } from './register-manifest.js';
