"""Bringing an old site over: Blogger and WordPress exports, read as a stream, then written in batches.

sources → sniff → xml_reader → blogger / wordpress → spool → plan → convert → writer → report
"""
