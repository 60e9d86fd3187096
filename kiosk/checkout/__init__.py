"""Selling: money rules, basket, tender, sale, receipt and shift."""
