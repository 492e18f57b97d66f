"""How words are brought to what their forms share, in the languages of the house: for searching, never for showing. Without Django."""
