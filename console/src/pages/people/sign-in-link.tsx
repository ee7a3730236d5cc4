import { answered } from '../../client/answered.ts';
import type { Writes } from '../../client/one-intent.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { When } from '../../parts/when.tsx';

/** A link by which somebody comes in. It can be seen this once. */
export interface MadeLink {
  readonly userName: string;
  readonly address: string;
  readonly endsAt: string;
}

/** Makes a link for somebody; the ones before it open nothing any more. */
export async function makeLink(userName: string, client: Writes): Promise<MadeLink> {
  const { path, endsAt } = await answered(
    client.POST('/api/people/v1/people/{userName}/sign-in-links', { params: { path: { userName } }, body: {} }),
  );
  return { userName, address: new URL(path, location.origin).href, endsAt };
}

/** Shows a link, once. */
export function ShowLink({ link, onClose }: { readonly link: MadeLink | undefined; readonly onClose: () => void }) {
  return (
    <Dialog title={`Sign-in link for ${link?.userName ?? ''}`} isOpen={link !== undefined} onClose={onClose}>
      {link === undefined ? null : (
        <>
          <p>
            Give it to {link.userName} by a way that nobody else reads. It opens once, until{' '}
            <When at={link.endsAt} shows="both" />, and is not shown again.
          </p>
          <p className="link-shown">
            <code>{link.address}</code>
            <CopyButton text={link.address} label="Copy the link" />
          </p>
        </>
      )}
    </Dialog>
  );
}
