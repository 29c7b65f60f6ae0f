using System.Net;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Standalone;

/// <summary>A disk that other programs fill to the last byte, below everything the service keeps.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task On_a_full_disk_new_work_is_refused_and_what_was_accepted_goes_on_when_there_is_room()
    {
        using var disk = await SmallDisk.MountAsync(megabytes: 100);
        if (disk is null)
        {
            Assert.Skip(SmallDisk.NotAllowed);
        }

        await using var api = await ApiProcess.StartAsync(
            ("VideoGen__DataDirectory", disk.Path), ("VideoGen__DiskReserveBytes", "0"));
        var image = await api.Client.UploadAsync();
        List<string> accepted = [];
        for (var count = 0; count < 3; count++)
        {
            accepted.Add(await api.Client.OrderAsync(image, "She waves."));    // the first ones may be asked to come again
        }

        await RefusedAsync(disk, async () =>
        {
            var order = await OrderAsync(api, image);
            if (order.IsSuccessStatusCode)
            {
                accepted.Add((await order.JsonAsync()).Text("id"));
            }

            return order;
        });
        await RefusedAsync(disk, () => api.Client.UploadAsync(Client.Picture));

        disk.Free();
        foreach (var id in accepted)
        {
            var end = await api.Client.EndAsync(id);
            Assert.True(end.Text("status") == "completed", $"{end}\n{api.Log}");
        }

        using var again = await OrderAsync(api, image);
        Assert.Equal("completed", (await api.Client.EndAsync((await again.JsonAsync()).Text("id"))).Text("status"));
    }

    /// <summary>
    /// A render that fails gives up the room it had, and the last block of the store's file may still have some: what finds room
    /// is right to be accepted, and the disk is filled again.
    /// </summary>
    private static async Task RefusedAsync(SmallDisk disk, Func<Task<HttpResponseMessage>> ask)
    {
        for (var times = 0; times < 20; times++)
        {
            disk.Fill();
            using var answer = await ask();
            if (!answer.IsSuccessStatusCode)
            {
                await answer.ProblemAsync(HttpStatusCode.InsufficientStorage, "storage_full");
                return;
            }
        }

        Assert.Fail("A full disk took all that came.");
    }

    private static Task<HttpResponseMessage> OrderAsync(ApiProcess api, string image) => api.Client.PostJsonAsync(
        "/generate-video", $$"""{"characterImageUrl":"{{image}}","script":"She waves.","duration":3,"quality":"512"}""");
}
