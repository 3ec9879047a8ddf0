-- US flights of January to June 2001, with what is known before departure: when, how far, from where, to where.
-- A flight is late when it arrives more than 15 minutes after its time; a flight without a delay has no label.
-- The rows stay in the order of the file: joined to the left, read by one thread.
SELECT
  flights.date,
  flights.delay > 15 AS late,
  flights.distance,
  flights.origin,
  flights.destination,
  departure.latitude AS origin_lat,
  departure.longitude AS origin_lon,
  arrival.latitude AS destination_lat,
  arrival.longitude AS destination_lon
FROM flights
LEFT JOIN airports AS departure ON departure.iata = flights.origin
LEFT JOIN airports AS arrival ON arrival.iata = flights.destination
