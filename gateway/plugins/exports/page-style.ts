/** The style of pages: for a screen, and for paper of size A4. */
export const pageStyle = `
:root { font: 15px/1.45 system-ui, 'Liberation Sans', Arial, sans-serif; color: #1b1f24; }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 0.5rem; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 1.75rem 0 0.75rem; padding-bottom: 0.25rem; border-bottom: 2px solid #15559a; font-size: 1.2rem; color: #15559a; break-after: avoid; }
h3 { margin: 0; font-size: 1.05rem; }
p { margin: 0; }
.programme { color: #57606a; }
.prose { white-space: pre-line; }
.notice { margin-top: 0.75rem; padding: 0.5rem 0.75rem; border: 2px solid #b35900; border-radius: 4px; font-weight: 600; white-space: pre-line; }
article { display: grid; grid-template-columns: 8rem 1fr; gap: 0 1rem; margin: 0 0 1rem; break-inside: avoid; }
article.hosting { display: block; }
article.off h3, article.off .time { text-decoration: line-through; }
.time { font-variant-numeric: tabular-nums; font-weight: 600; }
.state { color: #57606a; font-size: 0.9rem; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: 0.15rem 1rem; margin: 0.35rem 0 0; }
dt { color: #57606a; }
dd { margin: 0; white-space: pre-line; }
footer { margin-top: 2rem; padding-top: 0.5rem; border-top: 1px solid #d0d7de; color: #57606a; font-size: 0.85rem; }
@page { size: A4; margin: 18mm 16mm; }
@media print {
  :root { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
}
`;
