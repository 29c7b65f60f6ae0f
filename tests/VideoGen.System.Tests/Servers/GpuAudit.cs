using VideoGen.SystemTests.Servers.Gpus;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Servers;

/// <summary>Compares the books of the servers with the ledger of the product, order by order.</summary>
internal sealed record GpuAudit(
    int Orders, int Completed, int Failed, int Runs, int Repeats, int Lost, int Charged, IReadOnlyList<string> Complaints)
{
    public static async Task<GpuAudit> OfAsync(
        HttpClient client, IReadOnlyList<GpuOrder> orders, IReadOnlyList<GpuServer> servers)
    {
        foreach (var order in orders)
        {
            await order.EndAsync(client);
        }

        // Once for all orders, because the books are long.
        var books = servers.Select(server => server.Lines).ToList();
        var byOrder = books.SelectMany(lines => lines).Where(line => line.Seed is not null).ToLookup(line => line.Seed!.Value);
        List<GpuAccount> accounts = [];
        List<string> complaints = [];
        foreach (var order in orders)
        {
            var end = await order.EndAsync(client);
            var account = new GpuAccount(order, end, await order.LedgerAsync(client), [.. byOrder[order.Seed]]);
            accounts.Add(account);
            complaints.AddRange(Complain(account).Select(complaint => $"{complaint}\n{account}"));
        }

        var listed = (await client.ListAsync()).Select(generation => generation.Text("id")).ToHashSet();
        complaints.AddRange(orders.Where(order => !listed.Contains(order.Id)).Select(order => $"It is not listed: {order}"));
        return new GpuAudit(
            accounts.Count,
            accounts.Count(account => account.End.Text("status") == "completed"),
            accounts.Count(account => account.End.Text("status") == "failed"),
            accounts.Sum(account => account.Count(GpuEvent.Accepted)),
            accounts.Sum(account => account.Ledger.Attempts - 1),
            accounts.Sum(account => account.Count(GpuEvent.Lost)),
            accounts.Sum(account => account.Count(GpuEvent.Charged)),
            complaints);
    }

    public override string ToString() =>
        $"{Orders} orders: {Completed} completed, {Failed} failed, {Runs} runs accepted, {Lost} lost by restarts, {Charged} "
        + $"charged, {Repeats} attempts repeated, {Complaints.Count} complaints";

    private static IEnumerable<string> Complain(GpuAccount account)
    {
        var (accepted, lost) = (account.Count(GpuEvent.Accepted), account.Count(GpuEvent.Lost));
        var outcome = account.End.Outcome();
        if (outcome == "completed" && (account.Count(GpuEvent.Finished) == 0 || account.Count(GpuEvent.Fetched) == 0))
        {
            yield return "It is done without a video";
        }

        if (outcome != "completed" && !(outcome is "failed: job_lost" or "failed: outcome_unknown"))
        {
            yield return "It ended as no fault explains";
        }

        if (accepted > account.Ledger.Attempts)
        {
            yield return "There are runs that its log knows nothing of";
        }

        if (account.Ledger.Attempts - 1 != account.Ledger.Repeats)
        {
            yield return "An attempt was repeated without a word in its log";
        }

        if (account.Ledger.Count("submitted") > accepted)
        {
            yield return "Its log knows of runs that never were";
        }

        if (accepted - lost > 1)
        {
            yield return "It was run twice without need";
        }

        if (account.Count(GpuEvent.Charged) > 1)
        {
            yield return "It was charged twice";
        }
    }
}
