import type { Registry } from '../records/registry.ts';
import type { Books } from './books.ts';
import { companyModels } from './company.ts';
import { invoiceModels } from './invoice.ts';
import { locationModel } from './location.ts';
import { moveModel } from './move.ts';
import { partyModels } from './party.ts';
import { peopleModels } from './people.ts';
import { priceListModels } from './price-list.ts';
import { productModels } from './product.ts';
import { saleModel } from './sale.ts';
import { saleLineModel } from './sale-line.ts';
import { shipmentModel } from './shipment.ts';
import { unitModels } from './unit.ts';

/** Every model over these books. */
export function createRegistry(books: Books): Registry {
  const models = [
    ...peopleModels(books),
    ...companyModels(books),
    ...partyModels(books),
    ...unitModels(books),
    ...productModels(books),
    ...priceListModels(books),
    locationModel(books),
    saleModel(books),
    saleLineModel(books),
    shipmentModel(books),
    moveModel(books),
    ...invoiceModels(books),
  ];
  return new Map(models.map((model) => [model.name, model]));
}
