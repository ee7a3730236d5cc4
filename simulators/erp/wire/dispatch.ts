import type { Registry } from '../records/registry.ts';
import { modelNamed } from '../records/registry.ts';
import type { CallContext, Transaction } from '../records/transaction.ts';
import type { Method, RpcCall } from './call.ts';
import { modelMethods } from './model-methods.ts';
import { recordMethods } from './record-methods.ts';
import { crash, httpRefusal, keyError } from './refusals.ts';
import { requireAccess } from './rights.ts';
import { wizardMethod } from './wizards.ts';

/** A method found by its name, ready to run in a transaction. */
export type Prepared = (params: readonly unknown[], transaction: Transaction) => unknown;

const own = (methods: Readonly<Record<string, Method>>, name: string): Method | undefined =>
  Object.hasOwn(methods, name) ? methods[name] : undefined;

/** Finds `model.<name>.<method>` or `wizard.<name>.<method>`. Throws as the real one does: 403 for a method that is not offered. */
export function findMethod(registry: Registry, name: string): Prepared {
  const parts = name.split('.');
  const [kind = '', method = ''] = [parts[0], parts.at(-1)];
  const target = parts.slice(1, -1).join('.');
  const forbidden = (): Error => httpRefusal(403, 'Forbidden');
  const call = (params: readonly unknown[], transaction: Transaction): RpcCall => ({ params, transaction, registry });
  if (kind === 'wizard') {
    const run = wizardMethod(target, method);
    if (run === undefined) throw wizardMethod(target, 'create') === undefined ? keyError(target) : forbidden();
    return (params, transaction) => {
      requireAccess(transaction, modelNamed(registry, 'sale.sale'));
      return run(call(params, transaction));
    };
  }
  if (kind !== 'model') throw keyError(kind);
  const model = modelNamed(registry, target);
  const run = own(modelMethods[target] ?? {}, method) ?? own(recordMethods, method);
  if (run === undefined) throw forbidden();
  return (params, transaction) => {
    requireAccess(transaction, model);
    return run(model, call(params, transaction));
  };
}

/** Takes the context off the end of the parameters. */
export function splitContext(params: readonly unknown[]): {
  readonly rest: readonly unknown[];
  readonly context: CallContext;
} {
  const context = params.at(-1);
  if (typeof context !== 'object' || context === null || Array.isArray(context))
    throw crash('Missing context argument');
  return { rest: params.slice(0, -1), context: context as CallContext };
}
