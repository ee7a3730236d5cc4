#!/usr/bin/python3
"""Fills a Tryton database that has modules and no data with a distributor's world (world.json).

Wizards go through proteus; what comes by the thousand goes in batches straight to the models."""
import argparse
import datetime
import json
import time
from decimal import Decimal

from proteus import Model, Wizard
from proteus import config as proteus_config
from trytond.transaction import Transaction

arguments = argparse.ArgumentParser()
for name in ('database', 'configuration', 'world', 'password-file'):
    arguments.add_argument('--' + name, required=True)
arguments = arguments.parse_args()

started = time.monotonic()
batch_size = 500


def say(text):
    print('  [seed %5.1fs] %s' % (time.monotonic() - started, text), flush=True)


try:
    with open(arguments.world, encoding='utf-8') as file:
        world = json.load(file)
    missing = [name for name in ('company', 'currency', 'taxPercent', 'sites', 'customers', 'items', 'prices', 'stock') if name not in world]
except ValueError as error:
    raise SystemExit('%s is not JSON: %s' % (arguments.world, error))
if missing:
    raise SystemExit('%s is not a world, it has no %s; see simulators/kit/world.ts' % (arguments.world, ', '.join(missing)))
with open(arguments.password_file, encoding='utf-8') as file:
    password = file.read()

session = proteus_config.set_trytond(arguments.database, user='admin', config_file=arguments.configuration)
today = datetime.date.today()
yesterday = today - datetime.timedelta(days=1)


def create(model, rows):
    """Creates many records in few transactions and returns their ids in order."""
    proxy, ids = session.get_proxy(model), []
    for start in range(0, len(rows), batch_size):
        ids += proxy.create(rows[start:start + batch_size], session.context)
    return ids


def analyze():
    """PostgreSQL plans what follows by what is there now; left to itself it would learn of it minutes later."""
    with Transaction().start(arguments.database, 0) as transaction:
        transaction.connection.cursor().execute('ANALYZE')


def find(model, *domain):
    return Model.get(model).find(list(domain))[0]


def by_reference(module, fs_id, model):
    data = find('ir.model.data', ('module', '=', module), ('fs_id', '=', fs_id))
    return Model.get(model)(data.db_id)


# --- company, currency, accounts ------------------------------------------------------------------------------------------

country_names = {
    'United Kingdom': 'GB', 'France': 'FR', 'Australia': 'AU', 'Netherlands': 'NL', 'Germany': 'DE', 'Norway': 'NO',
    'EIRE': 'IE', 'Switzerland': 'CH', 'Spain': 'ES', 'Poland': 'PL', 'Portugal': 'PT', 'Italy': 'IT', 'Belgium': 'BE',
    'Lithuania': 'LT', 'Japan': 'JP', 'Iceland': 'IS', 'Channel Islands': 'JE', 'Denmark': 'DK', 'Cyprus': 'CY',
    'Sweden': 'SE', 'Austria': 'AT', 'Israel': 'IL', 'Finland': 'FI', 'Greece': 'GR', 'Singapore': 'SG', 'USA': 'US',
}


def country_code(country):
    return country if len(country) == 2 else country_names.get(country)


# A country without a code is one of its own; the others are known by their code, however the world spells them.
countries = {}
for country in ['GB', *(customer['country'] for customer in world['customers'])]:
    key = country_code(country) or country
    if key not in countries:
        countries[key], = create('country.country', [{'name': country, 'code': country_code(country)}])


def country_id(country):
    return countries[country_code(country) or country]


Currency = Model.get('currency.currency')
pound = Currency(name='Pound Sterling', symbol='£', code=world['currency'], numeric_code='826', rounding=Decimal('0.01'), digits=2)
pound.rates.new(date=datetime.date(2000, 1, 1), rate=Decimal(1))
pound.save()

Party = Model.get('party.party')
company_party = Party(name=world['company'], code='COMPANY')
company_party.addresses[0].country = Model.get('country.country')(country_id('GB'))
company_party.save()
wizard = Wizard('company.company.config')
wizard.execute('company')
wizard.form.party, wizard.form.currency = company_party, pound
wizard.execute('add')
company = find('company.company')
User = Model.get('res.user')
session._context = User.get_preferences(True, {})

wizard = Wizard('account.create_chart')
wizard.execute('account')
wizard.form.account_template = by_reference('account', 'account_template_root_en', 'account.account.template')
wizard.form.company = company
wizard.execute('create_account')


def account(kind):
    return find('account.account', ('type.' + kind, '=', True), ('company', '=', company.id))


wizard.form.account_receivable, wizard.form.account_payable = account('receivable'), account('payable')
wizard.execute('create_properties')
tax_account = find('account.account', ('name', '=', 'Main Tax'), ('company', '=', company.id))

Sequence, StrictSequence = Model.get('ir.sequence'), Model.get('ir.sequence.strict')
move_sequences = find('ir.sequence.type', ('name', '=', 'Account Move'))
invoice_sequences = find('ir.sequence.type', ('name', '=', 'Invoice'))
for year in (today.year - 1, today.year, today.year + 1):
    fiscal_year = Model.get('account.fiscalyear')(
        name=str(year), company=company, start_date=datetime.date(year, 1, 1), end_date=datetime.date(year, 12, 31))
    moves = Sequence(name='Entries %d' % year, sequence_type=move_sequences, company=company)
    moves.save()
    fiscal_year.post_move_sequence = moves
    row, = fiscal_year.invoice_sequences
    for field, prefix in (('out_invoice', 'INV'), ('in_invoice', 'BILL'), ('out_credit_note', 'CN'), ('in_credit_note', 'SCN')):
        sequence = StrictSequence(
            name='%s %d' % (prefix, year), sequence_type=invoice_sequences, company=company, prefix='%s%d-' % (prefix, year), padding=6)
        sequence.save()
        setattr(row, field + '_sequence', sequence)
    fiscal_year.click('create_period')

for name, prefix in (('Sale', 'SO'), ('Customer Shipment', 'SHP')):
    for sequence in Sequence.find([('sequence_type.name', '=', name)]):
        sequence.prefix, sequence.padding = prefix, 6
        sequence.save()

Tax = Model.get('account.tax')
tax = Tax(
    name='VAT %s %%' % world['taxPercent'], description='VAT %s %%' % world['taxPercent'], type='percentage',
    rate=Decimal(world['taxPercent']) / 100, invoice_account=tax_account, credit_note_account=tax_account)
tax.save()

term = Model.get('account.invoice.payment_term')(name='30 days')
term.lines.new(type='remainder').relativedeltas.new(days=30)
term.save()

configuration = Model.get('sale.configuration')(1)
configuration.sale_invoice_method, configuration.sale_shipment_method = 'shipment', 'order'
configuration.save()
say('company, accounts, tax')

# --- warehouses -----------------------------------------------------------------------------------------------------------

Location = Model.get('stock.location')
first, = Location.find([('type', '=', 'warehouse')])
warehouses = {}
for index, place in enumerate(world['sites']):
    if index == 0:
        warehouse = first
    else:
        zones = create('stock.location', [
            {'name': '%s %s' % (place['name'], zone), 'code': '%s-%s' % (place['site'], zone[:3].upper()), 'type': 'storage'}
            for zone in ('Input', 'Output', 'Storage')])
        warehouse = Location(
            type='warehouse', input_location=Location(zones[0]), output_location=Location(zones[1]),
            storage_location=Location(zones[2]), lost_found_location=first.lost_found_location)
    warehouse.name, warehouse.code = place['name'], place['site']
    warehouse.save()
    warehouses[place['site']] = warehouse

# --- items ----------------------------------------------------------------------------------------------------------------

category = Model.get('product.category')(name='Taxable', accounting=True)
category.account_revenue, category.account_expense = account('revenue'), account('expense')
category.customer_taxes.append(Tax(tax.id))
category.save()
unit = find('product.uom', ('name', '=', 'Unit'))

templates = create('product.template', [{
    'name': item['description'] or item['item'],
    'code': item['item'],
    'type': 'goods' if item['kind'] == 'goods' else 'service',
    'default_uom': unit.id,
    'salable': True,
    'sale_uom': unit.id,
    'list_price': Decimal(item['listPrice']),
    'lead_time': datetime.timedelta(0),
    'account_category': category.id,
    'products': [('create', [{}])],
} for item in world['items']])
products = {}
rows = session.get_proxy('product.product').search_read(
    [('template', 'in', templates)], 0, None, None, ['code'], session.context)
products = {row['code']: row['id'] for row in rows}
missing = [item['item'] for item in world['items'] if item['item'] not in products]
assert not missing, 'items without a product: %s' % missing[:5]
say('%d items' % len(products))

# --- customers with their own prices --------------------------------------------------------------------------------------

own_prices = {}
for price in world['prices']:
    own_prices.setdefault(price['customer'], []).append(price)
priced = sorted(own_prices)
lists = dict(zip(priced, create('product.price_list', [{
    'name': 'Prices of %s' % customer,
    'company': company.id,
    'lines': [('create', [
        {'product': products[price['item']], 'formula': "Decimal('%s')" % price['unitPrice'], 'sequence': index + 1}
        for index, price in enumerate(own_prices[customer])])],
} for customer in priced])))
say('%d price lists with %d prices' % (len(lists), len(world['prices'])))

create('party.party', [{
    'name': customer['name'],
    'code': customer['number'],
    'active': not customer.get('blocked', False),
    'addresses': [('create', [{
        'country': country_id(customer['country']), 'street': '1 High Street', 'city': 'Town', 'invoice': True, 'delivery': True}])],
    'customer_payment_term': term.id,
    **({'credit_limit_amount': Decimal(customer['creditLimit'])} if 'creditLimit' in customer else {}),
    **({'sale_price_list': lists[customer['number']]} if customer['number'] in lists else {}),
} for customer in world['customers']])
say('%d customers' % len(world['customers']))

# --- stock ----------------------------------------------------------------------------------------------------------------

# As a count would book it, from lost and found into storage. The moves are marked done by the batch: the button does them one
# by one, which takes longer than everything else together.
analyze()
moves = create('stock.move', [{
    'product': products[level['item']],
    'uom': unit.id,
    'quantity': float(level['quantity']),
    'from_location': warehouses[level['site']].lost_found_location.id,
    'to_location': warehouses[level['site']].storage_location.id,
    'effective_date': yesterday,
    'cost_price': Decimal(0),
    'company': company.id,
} for level in world['stock'] if Decimal(level['quantity'])])
for start in range(0, len(moves), batch_size):
    session.get_proxy('stock.move').write(moves[start:start + batch_size], {'state': 'done'}, session.context)
say('stock')

# --- users ----------------------------------------------------------------------------------------------------------------

sales = [
    ('sale', 'group_sale'), ('sale', 'group_sale_admin'), ('stock', 'group_stock'), ('stock', 'group_stock_force_assignment'),
    ('account', 'group_account')]
stock = [('stock', 'group_stock'), ('stock', 'group_stock_force_assignment')]
groups = {'integration': sales, 'credit': sales + [('account_credit_limit', 'group_credit_limit')], 'wms': stock}
for login, members in groups.items():
    user = User(name=login, login=login, password=password)
    user.companies.append(Model.get('company.company')(company.id))
    user.company = company
    for module, fs_id in members:
        user.groups.append(by_reference(module, fs_id, 'res.group'))
    user.save()
admin = find('res.user', ('login', '=', 'admin'))
admin.password = password
admin.save()
say('users; done')
