import { nameOfPartner, settings } from '../frame/settings.ts';

/** To whom of each organisation one writes. */
export const Contacts = () => (
  <ul>
    {settings.value.partners.map(({ code, contact }) => (
      <li key={code}>
        {nameOfPartner(code)}: <a href={`mailto:${contact}`}>{contact}</a>
      </li>
    ))}
  </ul>
);
