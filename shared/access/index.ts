export { Access, MaxAge, maxAges } from './access.js';
