import { Badge } from '../../parts/badge.tsx';
import { Facts } from '../../parts/page.tsx';
import { Prose } from '../../parts/prose.tsx';
import { Method } from './method.tsx';
import type { Operation } from './open-api.ts';
import { SchemaTree } from './schema-tree.tsx';
import { TryIt } from './try-it.tsx';

/** An operation: what it does, what it takes, what it answers, and trying it. */
export function OperationView({ operation }: { readonly operation: Operation }) {
  const { method, base, path, scope, body, operation: told } = operation;
  const parameters = (told.parameters ?? []).filter((parameter) => parameter.in !== 'header');
  const answers = Object.entries(told.responses);
  const good = answers.filter(([status]) => status.startsWith('2'));
  const bad = answers.filter(([status]) => !status.startsWith('2'));
  return (
    <article className="operation">
      <header>
        <h2>{told.summary ?? operation.name}</h2>
        <p className="operation-path">
          <Method method={method} /> <code>{`${base}${path}`}</code>
        </p>
        {told.description === undefined ? null : (
          <p>
            <Prose text={told.description} />
          </p>
        )}
        <Facts facts={[['Scope', scope ?? 'none: everyone may']]} />
      </header>
      <TryIt operation={operation} />
      {parameters.length === 0 ? null : (
        <section>
          <h3>Parameters</h3>
          <SchemaTree
            schema={{
              type: 'object',
              properties: Object.fromEntries(
                parameters.map(({ name, schema, description }) => [
                  name,
                  description === undefined ? schema : { ...schema, description },
                ]),
              ),
              required: parameters.filter(({ required }) => required).map(({ name }) => name),
            }}
          />
        </section>
      )}
      {body === undefined ? null : (
        <section>
          <h3>Body</h3>
          <SchemaTree schema={body} />
        </section>
      )}
      <section>
        <h3>Answers</h3>
        {good.map(([status, { description, content }]) => (
          <details key={status} className="answer">
            <summary>
              <Badge tone="good">{status}</Badge> {description}
            </summary>
            <SchemaTree schema={Object.values(content ?? {})[0]?.schema ?? {}} />
          </details>
        ))}
        <details className="answer">
          <summary>Problems that it may answer with</summary>
          {bad.map(([status, { description }]) => (
            <p key={status}>
              <Badge tone={status.startsWith('5') ? 'bad' : 'warn'}>{status}</Badge> {description}
            </p>
          ))}
        </details>
      </section>
    </article>
  );
}
