import { nameOfPartner, settings } from '../frame/settings.ts';

/** Between these pieces an address may go on in the next line, and nowhere else. */
const pieces = /(?=[@.])/;

/** An e-mail address that one can write to. */
export const Email = ({ address }: { address: string }) => (
  <a href={`mailto:${encodeURIComponent(address).replace('%40', '@')}`} class="email">
    {address
      .split(pieces)
      .map((piece, index) => [
        index > 0 && <wbr key={`${index}`} />,
        <span key={index}>{piece}</span>,
      ])}
  </a>
);

/** To whom of each organisation one writes. */
export const Contacts = () => (
  <ul>
    {settings.value.partners.map(({ code, contact }) => (
      <li key={code}>
        {nameOfPartner(code)}: <Email address={contact} />
      </li>
    ))}
  </ul>
);
