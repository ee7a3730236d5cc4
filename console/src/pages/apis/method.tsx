/** The method of an operation, reads apart from writes. */
export const Method = ({ method }: { readonly method: string }) => (
  <code className={`method ${method === 'GET' ? 'reads' : 'writes'}`}>{method}</code>
);
