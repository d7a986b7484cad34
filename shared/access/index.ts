export { Access, MaxAge, NoneIsOpen, maxAges } from './access.js';
