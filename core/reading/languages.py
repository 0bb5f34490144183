"""Words of other languages that stand in short answers, as the English word that the rules know.

Only words that mean nothing else in English are here. A whole sentence in another language stays doubtful by itself,
because most of its words are in no table.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

_TABLE: dict[str, str] = {
    "examples": "beispiele beispielen exemples exemple ejemplos ejemplo exemplos exemplo esempi esempio voorbeelden",
    "calls": "aufrufe aufrufen appels appel llamadas llamada chamadas chamada chiamate chiamata",
    "requests": "anfragen anfrage requêtes requete requetes solicitudes peticiones consultas pedidos requisições richieste aanvragen",
    "messages": "nachrichten mensajes mensagens messaggi berichten",
    "month": "monat mois mês maand mese",
    "months": "monate monaten meses mesi maanden",
    "week": "woche semaine semana settimana",
    "weeks": "wochen semaines semanas settimane weken",
    "days": "tage tagen jours días dias giorni dagen",
    "target": "ziel zielwert objectif objetivo obiettivo doel cible meta",
    "currently": "aktuell derzeit momentan zurzeit actuellement actualmente atualmente attualmente momenteel",
    "today": "heute hoje oggi hoy vandaag",
    "about": "etwa environ ungefähr unos unas uns aproximadamente circa cerca ongeveer rund",
    "between": "zwischen entre tussen",
    "need": "brauchen benötigen precisamos necesitamos necesito preciso besoin",
    "must": "müssen muss",
    "not": "nicht kein keine keinen niet geen",
    "no": "nein não",
    "yes": "oui sim sí",
    "long": "lang lange longtemps",
    "too": "zu trop demasiado troppo",
    "with": "mit avec",
    "without": "ohne sans senza zonder",
    "and": "und",
    "accuracy": "genauigkeit précision exactitud precisión acurácia accuratezza",
    "correct": "richtig korrekt correctas corretas corrette",
    "wrong": "falsch incorrectas erradas sbagliate",
    "expensive": "teuer",
    "cost": "kosten coût coûts coste custo costi",
    "quality": "qualität qualité calidad qualidade qualità",
    "data": "daten données datos dados dati",
    "confidential": "vertraulich confidentiel confidentielles confidenciales confidenciais riservati",
    "sensitive": "sensibel sensibles sensíveis sensibili",
    "public": "öffentlich publiques públicos pubblici",
    "wait": "warten attendre esperar aspettare wachten",
}
TRANSLATED = {word: english for english, words in _TABLE.items() for word in words.split()}
FILLERS = frozenset(
    "das der den dem ist wir ich es sind haben hat pro par por im bei em de del du des les le la el los las nous um una ein eine est sont há são está tá ca".split()
)
CONTEXT = FILLERS | frozenset(
    "tag jahr jour día dia giorno dag año ano stunde heure hora ora € eur euro euros mio mrd tsd".split()
)
"""Beside one of these, or a word of the table, a dot between digits groups them."""
IBERIAN = frozenset(
    "por mês meses al día dia uns unos são llamadas chamadas año ano semana mensajes mensagens consultas solicitudes".split()
)
"""Beside one of these "mil" is a thousand."""
